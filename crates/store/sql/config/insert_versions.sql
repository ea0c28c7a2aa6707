-- rows: subject blob, version int, changed_at int
WITH v(subject, version, changed_at) AS (VALUES {rows})
INSERT INTO versions (subject, version, changed_at)
SELECT subject, version, changed_at FROM v WHERE subject IS NOT NULL
