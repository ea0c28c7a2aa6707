SELECT t.tenant, t.seq, t.at, t.request, t.actor, t.kind, t.v, t.subject, t.data, t.address
FROM journal t
WHERE t.tenant = ? AND t.seq > ? ORDER BY t.seq LIMIT ?
