SELECT t.tenant, t.id, t.order_id, t.method, t.currency, t.amount, t.state, t.channel_number, t.created_at, t.ended_at, t.wallet
FROM payments t WHERE {filter}t.tenant = ? AND t.order_id = ? ORDER BY t.id LIMIT ?
