-- rows: tenant blob, id blob, state int, ended_at int
WITH v(tenant, id, state, ended_at) AS (VALUES {rows})
UPDATE refunds AS t SET state = v.state, ended_at = v.ended_at
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
