-- rows: tenant blob, id blob, paid int, refunded int, expires_at int, closed int, payment blob
WITH v(tenant, id, paid, refunded, expires_at, closed, payment) AS (VALUES {rows})
UPDATE orders AS t
SET paid = v.paid, refunded = v.refunded, expires_at = v.expires_at, closed = v.closed, payment = v.payment
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
