SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM code_lookups t JOIN codes c ON {filter}c.tenant = t.tenant AND substr(c.position, 9) = t.code
WHERE t.tenant = ? AND t.tag = ? ORDER BY t.code LIMIT ?
