-- rows: seq int, tenant blob, at int, request blob, actor blob, kind text, v int, subject blob, data text
WITH v(seq, tenant, at, request, actor, kind, v, subject, data) AS (VALUES {rows})
INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
SELECT seq, tenant, at, request, actor, kind, v, subject, data FROM v WHERE seq IS NOT NULL
