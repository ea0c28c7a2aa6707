-- rows: tenant blob, id blob, act int, requester blob, state int, created_at int, expires_at int, decided_by blob, decided_at int, data text
WITH v(tenant, id, act, requester, state, created_at, expires_at, decided_by, decided_at, data) AS (VALUES {rows})
INSERT INTO approvals (tenant, id, act, requester, state, created_at, expires_at, decided_by, decided_at, data)
SELECT tenant, id, act, requester, state, created_at, expires_at, decided_by, decided_at, data FROM v WHERE tenant IS NOT NULL
