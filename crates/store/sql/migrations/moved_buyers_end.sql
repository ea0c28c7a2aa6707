-- Parameters: tag of the last buyer that was moved before, how many were moved less one.
SELECT tag FROM buyers_before WHERE tag > ? ORDER BY tag LIMIT 1 OFFSET ?
