SELECT t.data FROM shops t WHERE t.tenant = ?
