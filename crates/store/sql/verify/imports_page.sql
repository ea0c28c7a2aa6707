SELECT tenant, id, accepted, duplicates, errors, mark FROM imports
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
