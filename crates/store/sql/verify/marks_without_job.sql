-- Marks that are on their way to their codes less the jobs that carry them (kind 8).
SELECT id FROM (
    SELECT tenant, id, 1 AS n FROM imports WHERE mark_from IS NOT NULL
    UNION ALL
    SELECT tenant, subject, -1 FROM work WHERE kind = 8
) m
GROUP BY tenant, id HAVING SUM(n) <> 0 LIMIT 6
