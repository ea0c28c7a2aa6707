-- Parameters: tenant, kind, whether archived, the id before which, how many.
SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data FROM resources t
WHERE t.tenant = ? AND t.kind = ? AND CASE WHEN t.archived_at IS NULL THEN 0 ELSE 1 END = ? AND t.id < ?
ORDER BY t.id DESC LIMIT ?
