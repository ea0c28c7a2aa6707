-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.buyer, t.channel, t.external_id, t.currency, t.total, t.paid, t.refunded, t.created_at, t.expires_at, t.closed, t.payment, t.link, t.visit, t.consent, t.consent_at
FROM v CROSS JOIN orders t WHERE t.tenant = any[v.tenant] AND t.id = any[v.id]
