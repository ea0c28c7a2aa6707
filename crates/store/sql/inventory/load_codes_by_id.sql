-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM v CROSS JOIN codes t WHERE t.tenant = [v.tenant] AND substr(t.position, 9) = v.id
