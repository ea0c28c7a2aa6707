-- Exports that wait, are written or have a file (states 1 to 3), and no work (kind 17) goes on with them.
SELECT e.id FROM exports e
WHERE e.state < 4 AND NOT EXISTS (SELECT 1 FROM work w WHERE w.kind = 17 AND w.tenant = e.tenant AND w.subject = e.id) LIMIT 6
