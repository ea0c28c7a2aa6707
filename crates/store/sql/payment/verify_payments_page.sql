SELECT tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at, wallet FROM payments
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
