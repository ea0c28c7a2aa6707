SELECT t.sealed FROM order_inputs t
WHERE t.tenant = ? AND t.order_id = ?
