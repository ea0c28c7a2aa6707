SELECT tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at, actor FROM redemptions
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
