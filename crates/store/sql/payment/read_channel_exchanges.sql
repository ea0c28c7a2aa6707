SELECT t.data FROM channel_exchanges t WHERE t.tenant = ? AND t.payment = ? ORDER BY t.id LIMIT ?
