-- rows: tenant blob, id blob, sku blob, order_id blob, line int, counts int, currency int, total int, remaining int, price int, unearned int, state int, valid_from int, valid_until int, on_expiry int, live int, created_at int, use_days int
WITH v(tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until, on_expiry, live, created_at, use_days) AS (VALUES {rows})
INSERT INTO vouchers (tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until, on_expiry, live, created_at, use_days)
SELECT tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until, on_expiry, live, created_at, use_days FROM v WHERE tenant IS NOT NULL
