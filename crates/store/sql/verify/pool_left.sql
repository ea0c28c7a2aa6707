-- Available codes (state 1) of a part of a pool.
SELECT position FROM codes
WHERE sku = ? AND position >= ? AND position < ? AND state = 1 ORDER BY position LIMIT 6
