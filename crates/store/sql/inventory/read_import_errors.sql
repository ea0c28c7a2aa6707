SELECT t.line, t.field, t.cause FROM import_errors t
WHERE t.tenant = ? AND t.import = ? AND t.line > ? ORDER BY t.line LIMIT ?
