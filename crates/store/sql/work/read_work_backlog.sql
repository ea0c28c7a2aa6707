-- Parameters: now (under way), now.
SELECT t.kind, COUNT(*), MIN(t.due_at), SUM(CASE WHEN t.lease_until > ? THEN 1 ELSE 0 END),
    SUM(CASE WHEN t.attempts > 1 THEN 1 ELSE 0 END)
FROM work t WHERE t.due_at <= ? GROUP BY t.kind ORDER BY t.kind
