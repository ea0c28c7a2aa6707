SELECT tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit, consent, consent_at FROM orders
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
