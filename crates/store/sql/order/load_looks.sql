-- rows: tenant blob, order_id blob
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.tenant, t.order_id, t.at
FROM v CROSS JOIN looks t WHERE t.tenant = any[v.tenant] AND t.order_id = any[v.order_id]
