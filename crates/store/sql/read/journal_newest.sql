SELECT seq, tenant, at, request, actor, kind, v, subject, data
FROM journal WHERE seq = (SELECT seq FROM journal_head WHERE id = 1)
