-- rows: tenant blob, id blob, buyer blob, channel int, external_id text, currency int, total int, paid int, refunded int, created_at int
WITH v(tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at) AS (VALUES {rows})
INSERT INTO orders (tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at)
SELECT tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at FROM v WHERE tenant IS NOT NULL
