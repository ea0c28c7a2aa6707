-- A batch's doubts in its part of the pool (state 8), from a place on.
SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line, c.source_line
FROM codes c WHERE c.tenant = ? AND c.sku = ? AND c.position > ? AND c.position <= ? AND c.batch = ? AND c.state = 8
ORDER BY c.position LIMIT ?
