SELECT tenant, id, sku, first, quantity, made, state, created_at, ended_at, live FROM voucher_runs
WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?
