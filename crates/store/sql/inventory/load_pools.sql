-- rows: tenant blob, sku blob
WITH v(tenant, sku) AS (VALUES {rows})
SELECT t.tenant, t.sku, t.low, t.swept, t.walled, t.damaged_row, t.largest
FROM v CROSS JOIN pools t WHERE t.tenant = any[v.tenant] AND t.sku = v.sku {lock}
