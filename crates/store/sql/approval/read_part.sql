SELECT t.sealed FROM approval_parts t WHERE t.tenant = ? AND t.id = ? AND t.part = ?
