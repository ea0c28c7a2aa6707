-- Parameters: tenant, import and number of the last key, how many.
SELECT t.tenant, t.import, t.number, t.sealed FROM staged_chunks t
WHERE (t.tenant, t.import, t.number) > (?, ?, ?) ORDER BY t.tenant, t.import, t.number LIMIT ?
