-- Parameters: tenant and id of the last version, how many.
SELECT t.tenant, t.id, t.sealed FROM contents t
WHERE (t.tenant, t.id) > (?, ?) ORDER BY t.tenant, t.id LIMIT ?
