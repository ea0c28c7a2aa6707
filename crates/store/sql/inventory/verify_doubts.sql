-- Imports less their doubts that nobody decided (state 8), and decisions without the job (kind 9) that carries them out.
SELECT id FROM (
    SELECT tenant, id, held AS n FROM imports
    UNION ALL
    SELECT i.tenant, i.id, -1 FROM codes c JOIN imports i ON i.tenant = c.tenant AND i.batch = c.batch
    WHERE c.state = 8
) m GROUP BY tenant, id HAVING SUM(n) <> 0
UNION ALL
SELECT i.id FROM imports i WHERE i.verdict IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM work w WHERE w.kind = 9 AND w.tenant = i.tenant AND w.subject = i.id
)
LIMIT 6
