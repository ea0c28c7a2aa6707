-- rows: tenant blob, sku blob, position blob, old blob, sealed blob
WITH v(tenant, sku, position, old, sealed) AS (VALUES {rows})
UPDATE codes AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.sku = v.sku AND t.position = v.position AND v.old = t.sealed
