SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data FROM resource_versions t
WHERE (t.tenant, t.kind, t.id, t.version) > (?, ?, ?, ?)
ORDER BY t.tenant, t.kind, t.id, t.version LIMIT ?
