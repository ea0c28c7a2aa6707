-- rows: tenant blob, id blob, buyer blob, channel int, external_id text, currency int, total int, paid int, refunded int, created_at int, expires_at int, closed int, payment blob, link blob, visit blob
WITH v(tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit) AS (VALUES {rows})
INSERT INTO orders (tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit)
SELECT tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit FROM v WHERE tenant IS NOT NULL
