-- A part of a pool, whatever became of its codes.
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM codes t WHERE t.tenant = ? AND t.sku = ? AND t.position >= ? AND t.position <= ?
ORDER BY t.position LIMIT ?
