-- rows: tenant blob, id blob, state int, decided_by blob, decided_at int, data text
WITH v(tenant, id, state, decided_by, decided_at, data) AS (VALUES {rows})
UPDATE approvals AS t SET state = v.state, decided_by = v.decided_by, decided_at = v.decided_at, data = v.data
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
