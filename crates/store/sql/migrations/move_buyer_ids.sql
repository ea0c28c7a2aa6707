-- Parameters: tag of the last buyer that was moved, how many.
INSERT INTO buyer_ids (tenant, id, tag)
SELECT tenant, id, tag FROM buyers_before WHERE tag > ? ORDER BY tag LIMIT ?
