-- Codes less claims that lead to them: a code that is worthless (6), replaced (7) or doubtful (8) needs none, and every
-- other is met by a tag, or by that of before. A claim that leads to no code is met here too.
SELECT code FROM (
    SELECT tenant, substr(position, 9) AS code, 1 AS n FROM codes WHERE state NOT IN (6, 7, 8)
    UNION ALL
    SELECT tenant, code, -1 FROM (
        SELECT t.tenant, t.code FROM code_tags t
        UNION
        SELECT c.tenant, substr(b.position, 9) FROM code_tags_before b
        JOIN codes c ON c.sku = b.sku AND c.position = b.position
    ) met WHERE NOT EXISTS (
        SELECT 1 FROM codes w WHERE w.tenant = met.tenant AND substr(w.position, 9) = met.code
            AND w.state IN (6, 7, 8)
    )
) m
GROUP BY tenant, code HAVING SUM(n) <> 0 LIMIT 6
