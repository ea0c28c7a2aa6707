SELECT tenant, id, store, name, state, tag, code_until, paired_at, tries, unlocked_until, created_at FROM devices WHERE tenant = ? AND id = ?
