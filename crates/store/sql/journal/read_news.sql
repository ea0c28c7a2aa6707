-- What is told of facts to whoever listens. Parameters: tenant, after which number, how many.
SELECT t.seq, t.kind, t.subject, CASE WHEN t.kind LIKE 'approval.%' THEN t.data END
FROM journal t
WHERE t.tenant = ? AND t.seq > ? ORDER BY t.seq LIMIT ?
