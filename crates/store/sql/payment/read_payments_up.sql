-- Parameters: tenant, the id after which, how many.
SELECT t.tenant, t.id, t.order_id, t.method, t.currency, t.amount, t.state, t.channel_number, t.created_at, t.ended_at, t.wallet
FROM payments t WHERE t.tenant = ? AND t.id > ? ORDER BY t.id LIMIT ?
