SELECT t.tenant, t.payment, t.account, t.fee_rate, t.closes_at, t.offer, t.reference
FROM channel_payments t WHERE t.tenant = ? AND t.payment = ?
