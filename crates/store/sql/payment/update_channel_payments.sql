-- rows: tenant blob, payment blob, offer text, reference text
WITH v(tenant, payment, offer, reference) AS (VALUES {rows})
UPDATE channel_payments AS t SET offer = v.offer, reference = v.reference
FROM v WHERE t.tenant = any[v.tenant] AND t.payment = v.payment
