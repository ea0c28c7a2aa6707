-- An order that is paid (neither waiting nor closed) has delivered or refunded every piece; one that is not
-- has delivered, taken and given back nothing.
SELECT l.order_id FROM order_lines l JOIN orders o ON o.tenant = l.tenant AND o.id = l.order_id
WHERE (o.expires_at IS NULL AND o.closed IS NULL AND l.delivered + l.refunded < l.quantity)
    OR ((o.expires_at IS NOT NULL OR o.closed IS NOT NULL)
        AND (l.delivered <> 0 OR l.refunded <> 0 OR o.paid <> 0 OR o.refunded <> 0))
    OR (o.expires_at IS NOT NULL AND o.closed IS NOT NULL)
    OR l.refunded < 0 OR l.refunded > l.quantity LIMIT 6
