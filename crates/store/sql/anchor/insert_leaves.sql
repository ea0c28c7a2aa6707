-- rows: tenant blob, seq int, checkpoint int
WITH v(tenant, seq, checkpoint) AS (VALUES {rows})
INSERT INTO journal_leaves (tenant, seq, checkpoint)
SELECT tenant, seq, checkpoint FROM v WHERE tenant IS NOT NULL
ON CONFLICT DO NOTHING
