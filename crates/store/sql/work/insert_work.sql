-- rows: kind int, tenant blob, subject blob, due_at int, lease_until int, attempts int
WITH v(kind, tenant, subject, due_at, lease_until, attempts) AS (VALUES {rows})
INSERT INTO work (kind, tenant, subject, due_at, lease_until, attempts)
SELECT kind, tenant, subject, due_at, lease_until, attempts FROM v WHERE kind IS NOT NULL
