-- rows: back int, tenant blob, at int, request blob, actor blob, kind text, v int, subject blob, data text
WITH v(back, tenant, at, request, actor, kind, v, subject, data) AS (VALUES {rows})
INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
SELECT (SELECT seq FROM journal_head WHERE id = 1) - back, tenant, at, request, actor, kind, v, subject, data FROM v WHERE back IS NOT NULL
