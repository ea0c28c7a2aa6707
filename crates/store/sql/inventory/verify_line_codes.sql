-- What lines say they delivered less a content that they share, and the codes and the vouchers (those that were taken back, state 4,
-- aside) that point to them.
SELECT order_id FROM (
    SELECT tenant, order_id, line, delivered - CASE WHEN content IS NULL THEN 0 ELSE 1 END AS n FROM order_lines
    UNION ALL
    SELECT tenant, order_id, line, -1 FROM codes WHERE order_id IS NOT NULL
    UNION ALL
    SELECT tenant, order_id, line, -1 FROM vouchers WHERE order_id IS NOT NULL AND state <> 4
) m
GROUP BY tenant, order_id, line HAVING SUM(n) <> 0 LIMIT 6
