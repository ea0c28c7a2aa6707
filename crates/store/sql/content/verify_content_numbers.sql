-- Versions of a SKU are numbered from 1 without gaps.
SELECT sku FROM contents GROUP BY tenant, sku HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) LIMIT 6
