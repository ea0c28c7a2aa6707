SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data FROM resources t WHERE t.tenant = ? AND t.stamp > ? AND t.stamp > 0
