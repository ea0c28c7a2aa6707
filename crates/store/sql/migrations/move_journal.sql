-- Parameters: the last number that was moved, the last that is to be.
INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data, before)
SELECT j.tenant, COALESCE(h.seq, 0) + ROW_NUMBER() OVER (PARTITION BY j.tenant ORDER BY j.seq), j.at, j.request, j.actor,
    j.kind, j.v, j.subject, j.data, j.seq
FROM journal_before j LEFT JOIN journal_heads h ON h.tenant = j.tenant
WHERE j.seq > ? AND j.seq <= ?
