-- rows: tenant blob, back int, request blob, actor blob, kind text, v int, subject blob, data text
WITH v(tenant, back, request, actor, kind, v, subject, data) AS (VALUES {rows})
INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data)
SELECT v.tenant, h.seq - v.back, h.at, v.request, v.actor, v.kind, v.v, v.subject, v.data
FROM v CROSS JOIN journal_heads h WHERE h.tenant = any[v.tenant]
