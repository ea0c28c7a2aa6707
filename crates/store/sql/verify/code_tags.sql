-- Codes less tags: each tag is met exactly once.
SELECT tag FROM (
    SELECT tag, 1 AS n FROM codes
    UNION ALL
    SELECT tag, -1 FROM code_tags
) m
GROUP BY tag HAVING SUM(n) <> 0 LIMIT 6
