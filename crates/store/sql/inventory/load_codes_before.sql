-- rows: tag blob
-- Codes from before records of fields that have not been tagged again.
WITH v(tag) AS (VALUES {rows})
SELECT t.tag, substr(t.position, 9)
FROM v CROSS JOIN code_tags_before t WHERE t.tag = any[v.tag]
