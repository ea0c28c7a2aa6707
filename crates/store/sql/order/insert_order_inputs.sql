-- rows: tenant blob, order_id blob, sealed blob
WITH v(tenant, order_id, sealed) AS (VALUES {rows})
INSERT INTO order_inputs (tenant, order_id, sealed)
SELECT tenant, order_id, sealed FROM v WHERE tenant IS NOT NULL
