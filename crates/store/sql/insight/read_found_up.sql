-- Parameters: tenant, name, value, the order after which, how many.
SELECT t.value, t.order_id FROM order_keys t
WHERE t.tenant = ? AND t.name = ? AND t.value = ? AND t.order_id > ? ORDER BY t.order_id LIMIT ?
