-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.requester, t.state, t.created_at, t.data
FROM v CROSS JOIN exports t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
