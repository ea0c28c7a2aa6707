-- rows: tenant blob, order_id blob, at int
WITH v(tenant, order_id, at) AS (VALUES {rows})
INSERT INTO looks (tenant, order_id, at)
SELECT tenant, order_id, at FROM v WHERE tenant IS NOT NULL
