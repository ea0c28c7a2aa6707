-- rows: tag blob
WITH v(tag) AS (VALUES {rows})
SELECT t.tag
FROM v CROSS JOIN code_tags t WHERE t.tag = [v.tag]
