SELECT t.tenant FROM resources t WHERE t.id = ? AND t.kind = ? AND t.archived_at IS NULL LIMIT 1
