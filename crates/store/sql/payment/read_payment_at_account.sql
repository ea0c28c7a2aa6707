-- Parameters: tenant, payment. The last column is the account that it was begun at.
SELECT t.tenant, t.id, t.order_id, t.method, t.currency, t.amount, t.state, t.channel_number, t.created_at, t.ended_at, t.wallet,
    c.account
FROM channel_payments c JOIN payments t ON t.tenant = c.tenant AND t.id = c.payment
WHERE c.tenant = ? AND c.payment = ?
