-- Parameters: pool and position of the last code that was moved before, how many were moved less one.
SELECT sku, position FROM codes_before WHERE (sku, position) > (?, ?) ORDER BY sku, position LIMIT 1 OFFSET ?
