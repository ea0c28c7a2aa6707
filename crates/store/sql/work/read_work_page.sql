SELECT kind, tenant, subject, due_at, lease_until, attempts FROM work
WHERE (kind, tenant, subject) > (?, ?, ?) ORDER BY kind, tenant, subject LIMIT ?
