SELECT t.data FROM products t
WHERE t.tenant = ? AND (t.rank, t.id) > (?, ?) ORDER BY t.rank, t.id LIMIT ?
