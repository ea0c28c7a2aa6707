-- rows: tag blob
WITH v(tag) AS (VALUES {rows})
DELETE FROM code_tags_before WHERE tag IN (SELECT tag FROM v WHERE tag IS NOT NULL)
