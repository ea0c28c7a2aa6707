SELECT seq, tenant, at, request, actor, kind, v, subject, data FROM journal WHERE seq = ?
