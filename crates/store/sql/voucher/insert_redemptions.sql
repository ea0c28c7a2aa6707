-- rows: tenant blob, id blob, voucher blob, sku blob, store blob, counts int, currency int, taken int, remaining int, earned int, at int, reversed_at int
WITH v(tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at) AS (VALUES {rows})
INSERT INTO redemptions (tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at)
SELECT tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at FROM v WHERE tenant IS NOT NULL
