-- rows: tenant blob, id blob, requester blob, state int, created_at int, data text
WITH v(tenant, id, requester, state, created_at, data) AS (VALUES {rows})
INSERT INTO exports (tenant, id, requester, state, created_at, data)
SELECT tenant, id, requester, state, created_at, data FROM v WHERE tenant IS NOT NULL
