-- Work (kind 17) on exports that are not there, or whose file was cleared away (state 6).
SELECT w.subject FROM work w
WHERE w.kind = 17 AND NOT EXISTS (SELECT 1 FROM exports e WHERE e.tenant = w.tenant AND e.id = w.subject AND e.state < 6) LIMIT 6
