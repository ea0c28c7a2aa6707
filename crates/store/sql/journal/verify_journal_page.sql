SELECT tenant, seq, kind, v, data, at FROM journal WHERE (tenant, seq) > (?, ?) ORDER BY tenant, seq LIMIT ?
