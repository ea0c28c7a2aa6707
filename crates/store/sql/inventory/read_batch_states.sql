-- Codes of a batch by state, within its part of the pool.
SELECT state, COUNT(*) FROM codes
WHERE tenant = ? AND sku = ? AND position >= ? AND position <= ? AND batch = ?
GROUP BY state
