-- rows: tenant blob, method int, number text
WITH v(tenant, method, number) AS (VALUES {rows})
SELECT t.tenant, t.method, t.number, t.payment, t.order_id, t.currency, t.amount, t.applied, t.at
FROM v CROSS JOIN receipts t WHERE t.tenant = any[v.tenant] AND t.method = v.method AND t.number = v.number
