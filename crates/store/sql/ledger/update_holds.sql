-- rows: tenant blob, id blob, posted int, state int
WITH v(tenant, id, posted, state) AS (VALUES {rows})
UPDATE holds AS t SET posted = v.posted, state = v.state
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
