SELECT t.at FROM journal t WHERE t.tenant = ? AND t.seq = ?
