-- Parameters: tenant and order of the last key, how many.
SELECT t.tenant, t.order_id, t.sealed FROM order_inputs t
WHERE (t.tenant, t.order_id) > (?, ?) ORDER BY t.tenant, t.order_id LIMIT ?
