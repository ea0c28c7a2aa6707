-- Parameters: book, kind, id and field of the last key, how many.
SELECT t.tenant, t.kind, t.id, t.field, t.sealed FROM resource_secrets t
WHERE (t.tenant, t.kind, t.id, t.field) > (?, ?, ?, ?) ORDER BY t.tenant, t.kind, t.id, t.field LIMIT ?
