SELECT t.tenant, t.id, t.act, t.requester, t.state, t.created_at, t.expires_at, t.decided_by, t.decided_at, t.data FROM approvals t WHERE t.tenant = ? AND t.id = ?
