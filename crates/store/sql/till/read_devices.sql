-- Parameters: tenant, the id before which, how many.
SELECT t.tenant, t.id, t.store, t.name, t.state, t.tag, t.code_until, t.paired_at, t.tries, t.unlocked_until, t.created_at FROM devices t WHERE t.tenant = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
