SELECT c.sku FROM (SELECT tenant, sku FROM codes GROUP BY tenant, sku) c
LEFT JOIN pools p ON p.tenant = c.tenant AND p.sku = c.sku
WHERE p.sku IS NULL LIMIT 6
