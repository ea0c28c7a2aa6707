SELECT t.tenant, t.id, t.requester, t.state, t.created_at, t.data FROM exports t WHERE t.tenant = ? AND t.id = ?
