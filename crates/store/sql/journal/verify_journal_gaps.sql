-- Books whose numbers are not 1, 2, 3 … up to their head: numbers are unique, so they are if the least is 1 and the
-- greatest as many as there are.
SELECT tenant FROM (
    SELECT tenant, 0 AS n, seq AS head, 0 AS seq FROM journal_heads WHERE seq > 0
    UNION ALL
    SELECT tenant, 1, 0, seq FROM journal
) m
GROUP BY tenant
HAVING MAX(head) <> SUM(n) OR MAX(seq) <> SUM(n) OR MIN(CASE WHEN n = 1 THEN seq END) <> 1 LIMIT 6
