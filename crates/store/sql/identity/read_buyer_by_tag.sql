SELECT t.tenant, t.tag, t.id, t.sealed, t.created_at FROM buyers t
WHERE t.tenant = ? AND t.tag = ?
