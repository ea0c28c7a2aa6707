SELECT t.tenant, t.id, t.buyer, t.channel, t.external_id, t.currency, t.total, t.paid, t.refunded, t.created_at
FROM orders t
WHERE t.tenant = ? AND t.id = ?
