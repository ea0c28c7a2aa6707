-- A version that a line holds is there.
SELECT l.order_id FROM order_lines l WHERE l.content IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM contents t WHERE t.tenant = l.tenant AND t.sku = l.sku AND t.number = l.content
) LIMIT 6
