-- Parameters: tenant, SKU.
SELECT t.valid_until
FROM vouchers t WHERE {filter}t.tenant = ? AND t.sku = ? AND t.state = 1 ORDER BY t.valid_until LIMIT 1
