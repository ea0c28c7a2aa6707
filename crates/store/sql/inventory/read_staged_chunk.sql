SELECT t.sealed FROM staged_chunks t
WHERE t.tenant = ? AND t.import = ? AND t.number = ?
