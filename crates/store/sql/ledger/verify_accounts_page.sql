SELECT tenant, id, owner, kind, unit, balance, held, last_transfer FROM accounts
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
