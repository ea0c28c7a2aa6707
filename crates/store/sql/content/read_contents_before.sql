-- Versions without their texts. Parameters: tenant, SKU, the number before which, how many.
SELECT t.tenant, t.id, t.sku, t.number, t.note, t.file_bytes, t.actor, t.created_at FROM contents t WHERE t.tenant = ? AND t.sku = ? AND t.number < ? ORDER BY t.number DESC LIMIT ?
