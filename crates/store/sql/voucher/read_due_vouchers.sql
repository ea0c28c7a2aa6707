-- Parameters: tenant, SKU, until when, how many.
SELECT t.tenant, t.id, t.sku, t.order_id, t.line, t.counts, t.currency, t.total, t.remaining, t.price, t.unearned, t.state, t.valid_from, t.valid_until, t.on_expiry, t.live, t.created_at, t.use_days, t.imported
FROM vouchers t WHERE {filter}t.tenant = ? AND t.sku = ? AND t.state = 1 AND t.valid_until <= ?
ORDER BY t.valid_until, t.id LIMIT ?
