-- Buyers less the places where they are found by id.
SELECT id FROM (
    SELECT tenant, id, tag, 1 AS n FROM buyers
    UNION ALL
    SELECT tenant, id, tag, -1 FROM buyer_ids
) m
GROUP BY tenant, id, tag HAVING SUM(n) <> 0 LIMIT 6
