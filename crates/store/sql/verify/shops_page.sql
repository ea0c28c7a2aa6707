SELECT tenant, tenant, data, COALESCE(length(logo), 0) FROM shops
WHERE (tenant, tenant) > (?, ?) ORDER BY tenant LIMIT ?
