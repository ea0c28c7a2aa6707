SELECT seq, tenant, kind, v, data, at FROM journal WHERE seq > ? ORDER BY seq LIMIT ?
