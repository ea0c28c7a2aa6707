-- rows: tenant blob, name int, value blob, order_id blob
WITH v(tenant, name, value, order_id) AS (VALUES {rows})
INSERT INTO order_keys (tenant, name, value, order_id)
SELECT tenant, name, value, order_id FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, name, value, order_id) DO NOTHING
