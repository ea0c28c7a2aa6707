-- Parameters: now.
SELECT t.kind, COUNT(*), MIN(t.due_at) FROM work t WHERE t.due_at <= ? GROUP BY t.kind ORDER BY t.kind
