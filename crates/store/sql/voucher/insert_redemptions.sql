-- rows: tenant blob, id blob, voucher blob, sku blob, store blob, counts int, currency int, taken int, remaining int, earned int, at int, reversed_at int, actor blob
WITH v(tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at, actor) AS (VALUES {rows})
INSERT INTO redemptions (tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at, actor)
SELECT tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at, actor FROM v WHERE tenant IS NOT NULL
