SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data, t.actor FROM resource_versions t
WHERE t.tenant = ? AND t.kind = ? AND t.id = ? AND t.version < ? ORDER BY t.version DESC LIMIT ?
