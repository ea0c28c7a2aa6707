-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM v CROSS JOIN codes t WHERE substr(t.position, 9) = any[v.id] AND {filter}t.tenant = v.tenant
