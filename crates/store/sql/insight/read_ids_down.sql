SELECT t.id FROM orders t WHERE t.tenant = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
