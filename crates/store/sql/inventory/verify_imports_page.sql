SELECT tenant, id, accepted, duplicates, doubts, errors, mark FROM imports
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
