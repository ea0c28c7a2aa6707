-- rows: tenant blob, sku blob, position blob
WITH v(tenant, sku, position) AS (VALUES {rows})
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM v CROSS JOIN codes t WHERE t.tenant = any[v.tenant] AND t.sku = v.sku AND t.position = v.position
