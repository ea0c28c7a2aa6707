-- rows: tag blob, sku blob, position blob
WITH v(tag, sku, position) AS (VALUES {rows})
INSERT INTO code_tags (tag, sku, position)
SELECT tag, sku, position FROM v WHERE tag IS NOT NULL
