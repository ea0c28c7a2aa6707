-- Parameters: tag of the last buyer, how many.
SELECT t.tenant, t.tag, t.sealed FROM buyers t
WHERE t.tag > ? ORDER BY t.tag LIMIT ?
