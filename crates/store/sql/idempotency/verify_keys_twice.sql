-- A key of before names its tenant by what it is a hash of.
SELECT a.key FROM idempotency_0 a JOIN idempotency_1 b ON b.tenant = a.tenant AND b.key = a.key
UNION ALL
SELECT a.key FROM idempotency_0_before a JOIN idempotency_1_before b ON b.key = a.key
UNION ALL
SELECT a.key FROM (SELECT key FROM idempotency_0_before UNION ALL SELECT key FROM idempotency_1_before) a
JOIN (SELECT key FROM idempotency_0 UNION ALL SELECT key FROM idempotency_1) b ON b.key = a.key
LIMIT 6
