SELECT seq, tenant, at, request, actor, kind, v, subject, data
FROM journal ORDER BY seq DESC LIMIT 1
