-- Codes less tags that lead to them: each tag is met exactly once, and leads to its code.
SELECT tag FROM (
    SELECT tag, sku, position, 1 AS n FROM codes
    UNION ALL
    SELECT tag, sku, position, -1 FROM code_tags
) m
GROUP BY tag, sku, position HAVING SUM(n) <> 0 LIMIT 6
