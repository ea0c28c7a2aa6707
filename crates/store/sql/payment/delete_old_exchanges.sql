-- Parameters: before which id, how many.
DELETE FROM channel_exchanges WHERE id IN (SELECT e.id FROM channel_exchanges e WHERE e.id < ? ORDER BY e.id LIMIT ?)
