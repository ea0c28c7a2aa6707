-- rows: subject blob, version int, changed_at int
-- The rows are there. A planner that was told of a single one would walk the table for each given row.
WITH v(subject, version, changed_at) AS (VALUES {rows})
INSERT INTO versions (subject, version, changed_at)
SELECT subject, version, changed_at FROM v WHERE subject IS NOT NULL
ON CONFLICT (subject) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at
