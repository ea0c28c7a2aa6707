DELETE FROM staged_chunks WHERE tenant = ? AND import = ?
