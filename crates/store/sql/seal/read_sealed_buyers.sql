-- Parameters: tenant and tag of the last buyer, how many.
SELECT t.tenant, t.tag, t.sealed FROM buyers t
WHERE (t.tenant, t.tag) > (?, ?) ORDER BY t.tenant, t.tag LIMIT ?
