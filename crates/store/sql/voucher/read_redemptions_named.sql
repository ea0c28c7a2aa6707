-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.voucher, t.sku, t.store, t.counts, t.currency, t.taken, t.remaining, t.earned, t.at, t.reversed_at, t.actor
FROM v CROSS JOIN redemptions t WHERE t.tenant = any[v.tenant] AND t.id = any[v.id]
