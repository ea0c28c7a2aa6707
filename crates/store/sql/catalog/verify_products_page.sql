SELECT tenant, id, version, rank FROM products
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
