SELECT tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at FROM redemptions
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
