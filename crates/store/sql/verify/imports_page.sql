SELECT tenant, id, accepted, duplicates, errors FROM imports
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
