DELETE FROM work WHERE kind = ? AND tenant = ? AND subject = ?
