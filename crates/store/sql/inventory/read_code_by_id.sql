SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM codes c WHERE {filter}c.tenant = ? AND substr(c.position, 9) = ?
