-- Parameters: tenant, pool and position of the last key, how many.
SELECT t.sku, t.position, t.tenant, t.tag, t.sealed, t.state FROM codes t
WHERE (t.tenant, t.sku, t.position) > (?, ?, ?) ORDER BY t.tenant, t.sku, t.position LIMIT ?
