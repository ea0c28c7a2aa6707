-- rows: tenant blob, order_id blob
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.order_id, t.sealed
FROM v CROSS JOIN order_inputs t WHERE t.tenant = any[v.tenant] AND t.order_id = any[v.order_id]
