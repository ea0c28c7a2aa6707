-- Parameters: tenant, requester, before which id, how many.
SELECT t.tenant, t.id, t.requester, t.state, t.created_at, t.data FROM exports t
WHERE t.tenant = ? AND t.requester = ? AND t.id < ? ORDER BY t.tenant DESC, t.requester DESC, t.id DESC LIMIT ?
