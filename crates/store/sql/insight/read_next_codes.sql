-- rows: tenant blob, sku blob
-- The next code to be sold (state 1) of each pool.
WITH v(tenant, sku) AS (VALUES {rows})
SELECT p.sku, (SELECT c.position FROM codes c
    WHERE c.tenant = p.tenant AND c.sku = p.sku AND c.position >= p.low AND c.state = 1 ORDER BY c.position LIMIT 1)
FROM v CROSS JOIN pools p WHERE p.tenant = any[v.tenant] AND p.sku = any[v.sku]
