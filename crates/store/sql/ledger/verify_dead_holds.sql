-- Pending holds (state 1) of stock (account kind 2) less lines of orders that wait; a guest's line may wait without one.
SELECT id FROM (
    SELECT tenant, id, amount FROM holds WHERE state = 1 AND debit_kind = 2
    UNION ALL
    SELECT l.tenant, l.hold, -l.quantity FROM order_lines l
    JOIN orders o ON o.tenant = l.tenant AND o.id = l.order_id WHERE o.expires_at IS NOT NULL AND (l.hold IS NOT NULL OR o.visit IS NULL)
) m
GROUP BY tenant, id HAVING SUM(amount) <> 0 LIMIT 6
