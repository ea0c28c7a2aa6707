-- Orders that wait less timers that end the wait (kind 4), and refunds on their way (state 1) less work that
-- sends them (kind 5).
SELECT id FROM (
    SELECT tenant, id, 4 AS kind, 1 AS n FROM orders WHERE expires_at IS NOT NULL
    UNION ALL
    SELECT tenant, id, 5, 1 FROM refunds WHERE state = 1
    UNION ALL
    SELECT tenant, subject, kind, -1 FROM work WHERE kind IN (4, 5)
) m
GROUP BY tenant, id, kind HAVING SUM(n) <> 0 LIMIT 6
