-- Parameters: tenant and id of the last person, how many.
SELECT t.tenant, t.id, t.sealed FROM people t
WHERE (t.tenant, t.id) > (?, ?) ORDER BY t.tenant, t.id LIMIT ?
