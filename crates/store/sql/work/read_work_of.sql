SELECT t.kind, t.tenant, t.subject, t.due_at, t.lease_until, t.attempts FROM work t
WHERE t.kind = ? AND t.tenant = ? AND t.subject = ?
