SELECT seq, tenant, at, request, actor, kind, v, subject, data
FROM journal WHERE seq > ? ORDER BY seq DESC LIMIT 1
