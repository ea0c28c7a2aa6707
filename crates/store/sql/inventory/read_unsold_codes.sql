-- A batch's codes that can be sold (state 1) in its part of the pool.
SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM codes c WHERE c.tenant = ? AND c.sku = ? AND c.position >= ? AND c.position <= ? AND c.batch = ? AND c.state = 1
ORDER BY c.position LIMIT ?
