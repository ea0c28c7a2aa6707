SELECT tenant, order_id, at FROM looks
WHERE (tenant, order_id) > (?, ?) ORDER BY tenant, order_id LIMIT ?
