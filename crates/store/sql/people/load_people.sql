-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.id, t.email, t.sealed, t.created_at, t.data
FROM v CROSS JOIN people t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
