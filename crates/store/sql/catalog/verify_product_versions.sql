SELECT tenant, id, version, data FROM product_versions
WHERE (tenant, id, version) > (?, ?, ?) ORDER BY tenant, id, version LIMIT ?
