-- An order's total is the sum of its lines; it has lines, and lines have it; what was delivered is paid;
-- no more is given back than was paid.
SELECT id FROM (
    SELECT tenant, id, total, paid, refunded, 1 AS orders, 0 AS lines, 0 AS price, 0 AS delivered
    FROM orders
    UNION ALL
    SELECT tenant, order_id, 0, 0, 0, 0, 1, quantity * unit_price, delivered FROM order_lines
) m
GROUP BY tenant, id
HAVING SUM(orders) <> 1 OR SUM(lines) < 1 OR SUM(total) <> SUM(price)
    OR (SUM(delivered) > 0 AND SUM(paid) < SUM(total))
    OR SUM(refunded) < 0 OR SUM(refunded) > SUM(paid)
LIMIT 6
