-- Batches of one pool that are frozen, voided or on their way; mark 0 is open.
SELECT t.batch, t.mark, t.mark_from, t.last_position
FROM imports t WHERE t.tenant = ? AND t.sku = ? AND (t.mark <> 0 OR t.relocation IS NOT NULL)
