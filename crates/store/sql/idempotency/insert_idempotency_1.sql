-- rows: key blob, fingerprint blob, kind int, subject blob, version int
WITH v(key, fingerprint, kind, subject, version) AS (VALUES {rows})
INSERT INTO idempotency_1 (key, fingerprint, kind, subject, version)
SELECT key, fingerprint, kind, subject, version FROM v WHERE key IS NOT NULL
