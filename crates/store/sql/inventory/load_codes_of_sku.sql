-- The head of one pool in one walk; state 1 is available.
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM codes t WHERE t.tenant = ? AND t.sku = ? AND t.position >= ? AND t.state = 1
ORDER BY t.position LIMIT ?
