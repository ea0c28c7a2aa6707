-- Listed rows of an import with the code that was there first: the import that brought it, its line and its state; and
-- the state of the row's own code.
SELECT r.line, r.doubt, r.first, i.id, f.source_line, f.state, r.code, o.state
FROM import_rows r
LEFT JOIN codes f ON {filter}f.tenant = r.tenant AND substr(f.position, 9) = r.first
LEFT JOIN imports i ON i.batch = f.batch AND i.tenant = f.tenant
LEFT JOIN codes o ON {filter}o.tenant = r.tenant AND substr(o.position, 9) = r.code
WHERE r.tenant = ? AND r.import = ? AND r.kind = ? AND r.line > ? ORDER BY r.line LIMIT ?
