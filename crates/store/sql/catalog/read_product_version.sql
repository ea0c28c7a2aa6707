SELECT t.data FROM product_versions t
WHERE t.tenant = ? AND t.id = ? AND t.version = ?
