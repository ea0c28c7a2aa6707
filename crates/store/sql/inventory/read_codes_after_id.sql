-- A book's codes by id, from one on.
SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM codes c WHERE c.tenant = ? AND substr(c.position, 9) > ? ORDER BY substr(c.position, 9) LIMIT ?
