-- Batches on their way less the jobs that carry marks to their codes (kind 8) or take them over (kind 13).
SELECT id FROM (
    SELECT tenant, id, CASE WHEN relocation IS NULL THEN 8 ELSE 13 END AS kind, 1 AS n
    FROM imports WHERE mark_from IS NOT NULL
    UNION ALL
    SELECT tenant, subject, kind, -1 FROM work WHERE kind IN (8, 13)
) m
GROUP BY tenant, id, kind HAVING SUM(n) <> 0 LIMIT 6
