SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM code_tags_before g JOIN codes c ON c.sku = g.sku AND c.position = g.position
WHERE c.tenant = ? AND g.tag = ?
