SELECT t.data FROM skus s JOIN products t ON t.tenant = any[s.tenant] AND t.id = s.product
WHERE s.tenant = ? AND s.id = ?
