-- A book's codes by place, from one on.
SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM codes c WHERE c.tenant = ? AND (c.sku, c.position) > (?, ?) ORDER BY c.sku, c.position LIMIT ?
