-- Parameters: tenant, SKU, number.
SELECT t.tenant, t.id, t.sku, t.number, t.note, t.file_bytes, t.actor, t.created_at, t.sealed FROM contents t WHERE t.tenant = ? AND t.sku = ? AND t.number = ?
