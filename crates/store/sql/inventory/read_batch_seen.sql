-- A code of a batch that somebody has or had, within the batch's part of the pool: issued or revealed (2, 3), or worthless
-- with its order.
SELECT position FROM codes
WHERE tenant = ? AND sku = ? AND position >= ? AND position <= ? AND batch = ? AND (state IN (2, 3) OR order_id IS NOT NULL)
LIMIT 1
