-- rows: tenant blob, id blob, payment blob, order_id blob, currency int, amount int, at int
WITH v(tenant, id, payment, order_id, currency, amount, at) AS (VALUES {rows})
INSERT INTO test_notices (tenant, id, payment, order_id, currency, amount, at)
SELECT tenant, id, payment, order_id, currency, amount, at FROM v WHERE tenant IS NOT NULL
