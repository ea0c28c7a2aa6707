-- rows: tenant blob, sku blob, position blob
WITH v(tenant, sku, position) AS (VALUES {rows})
SELECT t.tenant, t.sku, t.position, t.batch
FROM v CROSS JOIN codes t WHERE t.tenant = any[v.tenant] AND t.sku = any[v.sku] AND t.position = any[v.position]
