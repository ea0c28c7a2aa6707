-- Parameters: tag of the last buyer that was moved, how many.
INSERT INTO buyers (tenant, tag, id, sealed, created_at)
SELECT tenant, tag, id, sealed, created_at FROM buyers_before WHERE tag > ? ORDER BY tag LIMIT ?
