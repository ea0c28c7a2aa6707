-- What succeeded payments (state 3) brought less what the orders say that name them.
SELECT order_id FROM (
    SELECT tenant, order_id, id, amount FROM payments WHERE state = 3 AND wallet IS NULL
    UNION ALL
    SELECT tenant, id, payment, -paid FROM orders WHERE payment IS NOT NULL
) m
GROUP BY tenant, order_id, id HAVING SUM(amount) <> 0 OR COUNT(*) <> 2 LIMIT 6
