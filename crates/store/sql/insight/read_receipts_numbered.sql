-- rows: tenant blob, method int, number text
WITH v(tenant, method, number) AS (VALUES {rows})
SELECT t.payment, t.order_id
FROM v CROSS JOIN receipts t WHERE t.tenant = any[v.tenant] AND t.method = any[v.method] AND t.number = any[v.number]
