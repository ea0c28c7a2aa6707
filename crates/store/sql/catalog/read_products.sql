SELECT t.data FROM products t
WHERE t.tenant = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
