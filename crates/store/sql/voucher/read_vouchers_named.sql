-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.sku, t.order_id, t.line, t.counts, t.currency, t.total, t.remaining, t.price, t.unearned, t.state, t.valid_from, t.valid_until, t.on_expiry, t.live, t.created_at, t.use_days, t.imported
FROM v CROSS JOIN vouchers t WHERE t.tenant = any[v.tenant] AND t.id = any[v.id]
