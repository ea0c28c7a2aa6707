SELECT tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until, on_expiry, live, created_at, use_days, imported FROM vouchers
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
