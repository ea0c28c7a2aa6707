SELECT t.hash, t.bytes FROM resource_pictures t
WHERE t.tenant = ? AND t.kind = ? AND t.id = ? AND t.field = ?
