SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM code_tags g JOIN codes t ON t.sku = g.sku AND t.position = g.position
WHERE g.tag = ?
