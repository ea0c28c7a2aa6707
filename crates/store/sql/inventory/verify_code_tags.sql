-- Codes that no claim leads to, claims that lead to no code, and ids of two codes. A code that is worthless (6), replaced (7)
-- or doubtful (8) needs no claim; every other is met by a tag, or by that of before.
SELECT code FROM (
    SELECT tenant, substr(position, 9) AS code, CASE WHEN state IN (6, 7, 8) THEN 0 ELSE 1 END AS wanted, 0 AS claimed,
        1 AS there
    FROM codes
    UNION ALL
    SELECT tenant, code, 0, 1, 0 FROM code_tags
    UNION ALL
    SELECT c.tenant, substr(c.position, 9), 0, 1, 0 FROM codes c
    JOIN code_tags_before b ON b.tag = c.tag AND b.sku = c.sku AND b.position = c.position
) m
GROUP BY tenant, code HAVING MAX(wanted) > MAX(claimed) OR MAX(claimed) > MAX(there) OR SUM(there) > 1 LIMIT 6
