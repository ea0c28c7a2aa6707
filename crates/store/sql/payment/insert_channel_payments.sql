-- rows: tenant blob, payment blob, account blob, fee_rate int, closes_at int, offer text, reference text
WITH v(tenant, payment, account, fee_rate, closes_at, offer, reference) AS (VALUES {rows})
INSERT INTO channel_payments (tenant, payment, account, fee_rate, closes_at, offer, reference)
SELECT tenant, payment, account, fee_rate, closes_at, offer, reference FROM v WHERE tenant IS NOT NULL
