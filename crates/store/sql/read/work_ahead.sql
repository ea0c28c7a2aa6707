SELECT kind, tenant, subject, due_at, lease_until, attempts FROM work
WHERE (kind, tenant, subject) > (?, ?, ?) AND (due_at > ? OR lease_until > ?)
ORDER BY kind, tenant, subject LIMIT ?
