-- rows: back int, tenant blob, request blob, actor blob, kind text, v int, subject blob, data text
WITH v(back, tenant, request, actor, kind, v, subject, data) AS (VALUES {rows})
INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
SELECT (SELECT seq FROM journal_head WHERE id = 1) - back, tenant, (SELECT at FROM journal_head WHERE id = 1),
    request, actor, kind, v, subject, data FROM v WHERE back IS NOT NULL
