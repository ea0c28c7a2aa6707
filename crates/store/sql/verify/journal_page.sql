SELECT seq, tenant, kind, v, data FROM journal WHERE seq > ? ORDER BY seq LIMIT ?
