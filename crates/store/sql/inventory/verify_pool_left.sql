-- Available codes (state 1) of a part of a pool, without those that a batch's job has before it: sales walk around
-- them, and the job lowers the mark when it passes.
SELECT c.position FROM codes c
WHERE c.tenant = ? AND c.sku = ? AND c.position >= ? AND c.position < ? AND c.state = 1
    AND NOT EXISTS (
        SELECT 1 FROM imports i
        WHERE i.tenant = c.tenant AND i.sku = c.sku AND c.position <= i.last_position
            AND (c.position >= i.mark_from OR (i.relocation IS NOT NULL AND c.position >= i.first_position))
    )
    AND NOT EXISTS (
        SELECT 1 FROM imports i
        WHERE i.batch = c.batch AND i.tenant = c.tenant AND i.sku = c.sku AND i.relocation IS NOT NULL
    )
ORDER BY c.position LIMIT 6
