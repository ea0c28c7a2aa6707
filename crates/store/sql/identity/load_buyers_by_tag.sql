-- rows: tag blob
-- A tag is keyed with its tenant, so it needs no other key.
WITH v(tag) AS (VALUES {rows})
SELECT t.tenant, t.tag, t.id, t.sealed, t.created_at
FROM v CROSS JOIN buyers t WHERE t.tag = [v.tag]
