-- Parameters: tenant, person, before which id, a state or 0 twice, how many.
SELECT t.tenant, t.id, t.act, t.requester, t.state, t.created_at, t.expires_at, t.decided_by, t.decided_at, t.data FROM approvals t
WHERE t.tenant = ? AND t.requester = ? AND t.id < ? AND (? = 0 OR t.state = ?)
ORDER BY t.tenant DESC, t.requester DESC, t.id DESC LIMIT ?
