SELECT c.sku, c.position, c.tenant, c.batch, c.tag, c.sealed, c.state, c.order_id, c.line
FROM (
    SELECT tenant, code FROM code_tags WHERE tenant = ? AND tag BETWEEN ? AND ?
    UNION
    SELECT tenant, code FROM code_lookups WHERE tenant = ? AND tag = ?
) t JOIN codes c ON c.tenant = t.tenant AND substr(c.position, 9) = t.code
ORDER BY t.code LIMIT ?
