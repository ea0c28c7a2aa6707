SELECT tenant, id, version FROM products
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
