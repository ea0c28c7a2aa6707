-- Books that were followed to their heads, and SKUs of them, of which the counts say something else than the orders do.
-- Without a SKU it is the whole book.
SELECT m.tenant, m.sku FROM (
    SELECT o.tenant, 1 AS cut, CAST(NULL AS {blob}) AS sku, o.currency, 1 AS orders, 0 AS pieces, o.paid AS gross, o.refunded
    FROM orders o WHERE o.expires_at IS NULL AND o.closed IS NULL
    UNION ALL
    SELECT l.tenant, 2, l.sku, o.currency, 0, l.quantity, l.quantity * l.unit_price, l.refunded * l.unit_price
    FROM order_lines l JOIN orders o ON o.tenant = l.tenant AND o.id = l.order_id
    WHERE o.expires_at IS NULL AND o.closed IS NULL
    UNION ALL
    SELECT l.tenant, 3, l.sku, o.currency, 0, l.quantity, l.quantity * l.unit_price, l.refunded * l.unit_price
    FROM order_lines l JOIN orders o ON o.tenant = l.tenant AND o.id = l.order_id
    WHERE o.expires_at IS NULL AND o.closed IS NULL
    UNION ALL
    SELECT s.tenant, s.cut, CASE WHEN s.cut = 1 THEN NULL ELSE s.sku END, s.currency, CASE WHEN s.cut = 1 THEN -s.orders ELSE 0 END,
        CASE WHEN s.cut = 1 THEN 0 ELSE -s.pieces END, -s.gross, -s.refunded
    FROM sales s
) m
JOIN followed f ON f.tenant = m.tenant JOIN journal_heads h ON h.tenant = f.tenant AND h.seq = f.seq
GROUP BY m.tenant, m.cut, m.sku, m.currency
HAVING SUM(m.orders) <> 0 OR SUM(m.pieces) <> 0 OR SUM(m.gross) <> 0 OR SUM(m.refunded) <> 0
LIMIT 6
