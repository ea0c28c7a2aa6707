-- rows: tenant blob, id blob, sku blob, first blob, quantity int, made int, state int, created_at int, ended_at int, live int
WITH v(tenant, id, sku, first, quantity, made, state, created_at, ended_at, live) AS (VALUES {rows})
INSERT INTO voucher_runs (tenant, id, sku, first, quantity, made, state, created_at, ended_at, live)
SELECT tenant, id, sku, first, quantity, made, state, created_at, ended_at, live FROM v WHERE tenant IS NOT NULL
