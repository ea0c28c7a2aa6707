-- rows: kind int, tenant blob, subject blob
WITH v(kind, tenant, subject) AS (VALUES {rows})
SELECT t.kind, t.tenant, t.subject, t.due_at, t.lease_until, t.attempts
FROM v CROSS JOIN work t WHERE t.kind = any[v.kind] AND t.tenant = v.tenant AND t.subject = v.subject {lock}
