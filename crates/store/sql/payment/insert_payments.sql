-- rows: tenant blob, id blob, order_id blob, method int, currency int, amount int, state int, channel_number text, created_at int, ended_at int, wallet blob
WITH v(tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at, wallet) AS (VALUES {rows})
INSERT INTO payments (tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at, wallet)
SELECT tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at, wallet FROM v WHERE tenant IS NOT NULL
