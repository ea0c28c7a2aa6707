-- rows: tenant blob, order_id blob, old blob, sealed blob
WITH v(tenant, order_id, old, sealed) AS (VALUES {rows})
UPDATE order_inputs AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.order_id = v.order_id AND v.old = t.sealed
