SELECT t.id, t.email, t.sealed, t.created_at, t.data FROM people t
WHERE (t.tenant, t.id) > (?, ?) ORDER BY t.tenant, t.id LIMIT ?
