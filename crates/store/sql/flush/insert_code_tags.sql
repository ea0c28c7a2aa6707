-- rows: tag blob
WITH v(tag) AS (VALUES {rows})
INSERT INTO code_tags (tag)
SELECT tag FROM v WHERE tag IS NOT NULL
