-- rows: tenant blob, key blob, fingerprint blob, kind int, subject blob, version int
WITH v(tenant, key, fingerprint, kind, subject, version) AS (VALUES {rows})
INSERT INTO idempotency_1 (tenant, key, fingerprint, kind, subject, version)
SELECT tenant, key, fingerprint, kind, subject, version FROM v WHERE tenant IS NOT NULL
