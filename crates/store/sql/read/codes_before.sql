-- A book's codes by id; the last column is there where the tag of before was not replaced yet.
SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line, b.tag
FROM (
    SELECT * FROM codes WHERE tenant = ? AND substr(position, 9) > ? ORDER BY substr(position, 9) LIMIT ?
) c LEFT JOIN code_tags_before b ON b.tag = c.tag AND b.position = c.position
ORDER BY substr(c.position, 9)
