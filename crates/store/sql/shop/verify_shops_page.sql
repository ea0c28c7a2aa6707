SELECT tenant, tenant, data, CAST(COALESCE(length(logo), 0) AS {int}) FROM shops
WHERE (tenant, tenant) > (?, ?) ORDER BY tenant LIMIT ?
