SELECT tenant, payment, account, fee_rate, closes_at, offer, reference FROM channel_payments
WHERE (tenant, payment) > (?, ?) ORDER BY tenant, payment LIMIT ?
