-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.act, t.requester, t.state, t.created_at, t.expires_at, t.decided_by, t.decided_at, t.data
FROM v CROSS JOIN approvals t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
