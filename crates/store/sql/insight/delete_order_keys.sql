-- rows: tenant blob, name int, value blob, order_id blob
WITH v(tenant, name, value, order_id) AS (VALUES {rows})
DELETE FROM order_keys WHERE (tenant, name, value, order_id) IN (SELECT tenant, name, value, order_id FROM v)
