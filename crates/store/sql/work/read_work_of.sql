SELECT t.attempts FROM work t WHERE t.kind = ? AND t.tenant = ? AND t.subject = ?
