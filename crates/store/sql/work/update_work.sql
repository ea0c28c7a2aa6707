-- rows: kind int, tenant blob, subject blob, due_at int, lease_until int, attempts int
WITH v(kind, tenant, subject, due_at, lease_until, attempts) AS (VALUES {rows})
UPDATE work AS t SET due_at = v.due_at, lease_until = v.lease_until, attempts = v.attempts
FROM v WHERE t.kind = any[v.kind] AND t.tenant = v.tenant AND t.subject = v.subject
