-- Codes that a mark forbids where its job has been: available ones (state 1) of a frozen or voided batch, and
-- frozen ones (4) of a voided batch (mark 2).
SELECT c.position FROM imports i JOIN codes c ON c.tenant = i.tenant AND c.sku = i.sku AND c.batch = i.batch
WHERE i.mark <> 0 AND (c.state = 1 OR (i.mark = 2 AND c.state = 4))
    AND (i.mark_from IS NULL OR c.position < i.mark_from OR i.relocation IS NOT NULL) LIMIT 6
