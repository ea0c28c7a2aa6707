-- rows: tenant blob, method int, number text, payment blob, order_id blob, currency int, amount int, applied int, at int
WITH v(tenant, method, number, payment, order_id, currency, amount, applied, at) AS (VALUES {rows})
INSERT INTO receipts (tenant, method, number, payment, order_id, currency, amount, applied, at)
SELECT tenant, method, number, payment, order_id, currency, amount, applied, at FROM v WHERE tenant IS NOT NULL
