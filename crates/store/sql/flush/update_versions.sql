-- rows: subject blob, version int, changed_at int
WITH v(subject, version, changed_at) AS (VALUES {rows})
UPDATE versions AS t SET version = v.version, changed_at = v.changed_at
FROM v WHERE t.subject = v.subject
