-- rows: tenant blob, key blob
WITH v(tenant, key) AS (VALUES {rows})
SELECT t.tenant, t.key, t.fingerprint, t.kind, t.subject, t.version
FROM v CROSS JOIN idempotency_0 t WHERE t.tenant = any[v.tenant] AND t.key = v.key
UNION ALL
SELECT t.tenant, t.key, t.fingerprint, t.kind, t.subject, t.version
FROM v CROSS JOIN idempotency_1 t WHERE t.tenant = any[v.tenant] AND t.key = v.key
UNION ALL
SELECT v.tenant, b.key, b.fingerprint, b.kind, b.subject, b.version
FROM v CROSS JOIN idempotency_0_before b WHERE b.key = any[v.key]
UNION ALL
SELECT v.tenant, b.key, b.fingerprint, b.kind, b.subject, b.version
FROM v CROSS JOIN idempotency_1_before b WHERE b.key = any[v.key]
