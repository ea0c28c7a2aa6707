-- Parameters: tenant, state, before which id, the state again, how many. Written as a range, so that it walks the index of states.
SELECT t.tenant, t.id, t.act, t.requester, t.state, t.created_at, t.expires_at, t.decided_by, t.decided_at, t.data FROM approvals t
WHERE t.tenant = ? AND (t.state, t.id) < (?, ?) AND t.state >= ? ORDER BY t.tenant DESC, t.state DESC, t.id DESC LIMIT ?
