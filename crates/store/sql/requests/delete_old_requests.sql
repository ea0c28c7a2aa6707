-- Parameters: before which id, how many.
DELETE FROM request_log WHERE id IN (SELECT r.id FROM request_log r WHERE r.id < ? ORDER BY r.id LIMIT ?)
