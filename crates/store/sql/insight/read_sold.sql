-- rows: tenant blob, sku blob, day int
-- What was sold of SKUs from a day on.
WITH v(tenant, sku, day) AS (VALUES {rows})
SELECT t.sku, t.day, t.pieces
FROM v CROSS JOIN sold t WHERE t.tenant = any[v.tenant] AND t.sku = any[v.sku] AND t.day >= v.day
