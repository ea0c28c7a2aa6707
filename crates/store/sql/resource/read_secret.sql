SELECT t.sealed FROM resource_secrets t
WHERE t.tenant = ? AND t.kind = ? AND t.id = ? AND t.field = ?
