-- Parameters: tenant, approval and part of the last one, how many.
SELECT t.tenant, t.id, t.part, t.sealed FROM approval_parts t
WHERE (t.tenant, t.id, t.part) > (?, ?, ?) ORDER BY t.tenant, t.id, t.part LIMIT ?
