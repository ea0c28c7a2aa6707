-- rows: tenant blob, id blob, buyer blob, channel int, external_id text, currency int, total int, paid int, refunded int, created_at int, expires_at int, closed int, payment blob, link blob, visit blob, consent text, consent_at int
WITH v(tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit, consent, consent_at) AS (VALUES {rows})
INSERT INTO orders (tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit, consent, consent_at)
SELECT tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed, payment, link, visit, consent, consent_at FROM v WHERE tenant IS NOT NULL
