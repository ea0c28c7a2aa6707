SELECT tenant, id, amount, posted, state FROM holds
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
