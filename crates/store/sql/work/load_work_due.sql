SELECT t.kind, t.tenant, t.subject, t.due_at, t.lease_until, t.attempts
FROM work t WHERE t.due_at <= ? AND t.lease_until <= ?
ORDER BY t.due_at, t.kind, t.tenant, t.subject LIMIT ? {lock}
