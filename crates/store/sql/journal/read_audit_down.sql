-- The same as read_audit, newest first. What it looks at is bounded by the numbers. Parameters: tenant, after which number, up to which;
-- from when, until when; kind, object and its other name, each null for any; whose: 0 anybody's, 1 nobody's, 2 that actor's; actor;
-- how many.
SELECT t.tenant, t.seq, t.at, t.request, t.actor, t.kind, t.v, t.subject, t.data, t.address
FROM journal t
WHERE t.tenant = ? AND t.seq > ? AND t.seq <= ? AND t.at >= ? AND t.at < ?
    AND t.kind = COALESCE(?, t.kind)
    AND (t.subject = COALESCE(?, t.subject) OR t.subject = COALESCE(?, t.subject))
    AND CASE CAST(? AS {int}) WHEN 0 THEN 1 = 1 WHEN 1 THEN t.actor IS NULL ELSE t.actor = ? END
ORDER BY t.seq DESC LIMIT ?
