SELECT t.data FROM products t
WHERE t.tenant = ? AND t.version > ? ORDER BY t.id
