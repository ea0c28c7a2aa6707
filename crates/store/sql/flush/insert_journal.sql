-- rows: back int, tenant blob, request blob, actor blob, kind text, v int, subject blob, data text
WITH v(back, tenant, request, actor, kind, v, subject, data) AS (VALUES {rows}),
h AS (SELECT seq, at FROM journal_head WHERE id = 1)
INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
SELECT h.seq - v.back, v.tenant, h.at, v.request, v.actor, v.kind, v.v, v.subject, v.data FROM v, h WHERE v.back IS NOT NULL
