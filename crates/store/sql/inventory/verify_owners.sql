-- Positions that lines list less codes that point back: each code is met exactly once.
WITH RECURSIVE listed(tenant, order_id, line, sku, rest) AS (
    SELECT tenant, order_id, line, sku, codes FROM order_lines WHERE length(codes) > 0
    UNION ALL
    SELECT tenant, order_id, line, sku, substr(rest, 25) FROM listed WHERE length(rest) > 24
)
SELECT position FROM (
    SELECT tenant, order_id, line, sku, substr(rest, 1, 24) AS position, 1 AS n FROM listed
    UNION ALL
    SELECT tenant, order_id, line, sku, position, -1 FROM codes WHERE order_id IS NOT NULL
) m
GROUP BY tenant, order_id, line, sku, position HAVING SUM(n) <> 0 LIMIT 6
