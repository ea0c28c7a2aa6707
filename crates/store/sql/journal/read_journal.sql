-- The order begins with the tenant, so that the facts of all others are never walked to find those of one.
SELECT t.seq, t.tenant, t.at, t.request, t.actor, t.kind, t.v, t.subject, t.data
FROM journal t
WHERE t.tenant = [?] AND t.seq > ? ORDER BY t.tenant, t.seq LIMIT ?
