SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data
FROM resource_claims c JOIN resources t ON t.tenant = c.tenant AND t.kind = c.kind AND t.id = c.id
WHERE c.tenant = ? AND c.kind = ? AND c.name = ? AND c.key = ?
