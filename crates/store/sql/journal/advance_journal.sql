UPDATE journal_head SET seq = seq + ?, at = CASE WHEN at < ? THEN ? ELSE at END WHERE id = 1
