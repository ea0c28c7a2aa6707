SELECT 1 FROM channel_exchanges e WHERE e.id < ? ORDER BY e.id LIMIT 1
