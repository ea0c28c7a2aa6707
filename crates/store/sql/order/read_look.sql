SELECT t.at FROM looks t
WHERE t.tenant = ? AND t.order_id = ?
