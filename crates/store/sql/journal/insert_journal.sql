-- rows: tenant blob, back int, request blob, actor blob, kind text, v int, subject blob, data text, address blob, proof blob
WITH v(tenant, back, request, actor, kind, v, subject, data, address, proof) AS (VALUES {rows})
INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data, address, proof)
SELECT v.tenant, h.seq - v.back, h.at, v.request, v.actor, v.kind, v.v, v.subject, v.data, v.address, v.proof
FROM v CROSS JOIN journal_heads h WHERE h.tenant = any[v.tenant]
