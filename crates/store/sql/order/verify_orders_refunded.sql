-- What was asked back (cause 1) and what expired unused (10) less what orders say that they gave back.
SELECT order_id FROM (
    SELECT tenant, order_id, amount FROM refunds WHERE cause IN (1, 10)
    UNION ALL
    SELECT tenant, id, -refunded FROM orders WHERE refunded <> 0
) m
GROUP BY tenant, order_id HAVING SUM(amount) <> 0 LIMIT 6
