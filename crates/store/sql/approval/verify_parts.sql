-- Open approvals (state 1) less the requests that are kept (part 1), and results (part 2) of what was not done (state 2).
SELECT id FROM (
    SELECT tenant, id, 1 AS n FROM approvals WHERE state = 1
    UNION ALL
    SELECT tenant, id, -1 FROM approval_parts WHERE part = 1
    UNION ALL
    SELECT p.tenant, p.id, 1 FROM approval_parts p
    WHERE p.part = 2 AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.tenant = p.tenant AND a.id = p.id AND a.state = 2)
) m
GROUP BY tenant, id HAVING SUM(n) <> 0 LIMIT 6
