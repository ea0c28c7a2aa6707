-- Parameters: tenant, voucher, the first id, the id before which, how many.
SELECT t.tenant, t.id, t.voucher, t.sku, t.store, t.counts, t.currency, t.taken, t.remaining, t.earned, t.at, t.reversed_at, t.actor
FROM redemptions t WHERE {filter}t.tenant = ? AND t.voucher = ? AND t.id >= ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
