-- rows: tenant blob, id blob, state int, data text
WITH v(tenant, id, state, data) AS (VALUES {rows})
UPDATE exports AS t SET state = v.state, data = v.data
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
