-- rows: tenant blob, seq int
WITH v(tenant, seq) AS (VALUES {rows})
SELECT t.tenant, t.seq, t.at, t.request, t.actor, t.kind, t.v, t.subject, t.data, t.address
FROM v CROSS JOIN journal t WHERE t.tenant = any[v.tenant] AND t.seq = any[v.seq]
