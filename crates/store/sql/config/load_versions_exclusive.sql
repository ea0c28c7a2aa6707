-- rows: subject blob
WITH v(subject) AS (VALUES {rows})
SELECT t.subject, t.version, t.changed_at
FROM v CROSS JOIN versions t WHERE t.subject = any[v.subject] {lock}
