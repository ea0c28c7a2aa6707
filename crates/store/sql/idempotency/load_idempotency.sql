-- rows: key blob
WITH v(key) AS (VALUES {rows})
SELECT t.key, t.fingerprint, t.kind, t.subject, t.version
FROM v CROSS JOIN idempotency_0 t WHERE t.key = [v.key]
UNION ALL
SELECT t.key, t.fingerprint, t.kind, t.subject, t.version
FROM v CROSS JOIN idempotency_1 t WHERE t.key = [v.key]
