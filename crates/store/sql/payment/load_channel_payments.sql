-- rows: tenant blob, payment blob
WITH v(tenant, payment) AS (VALUES {rows})
SELECT t.tenant, t.payment, t.account, t.fee_rate, t.closes_at, t.offer, t.reference
FROM v CROSS JOIN channel_payments t WHERE t.tenant = any[v.tenant] AND t.payment = v.payment {lock}
