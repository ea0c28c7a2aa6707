-- rows: tenant blob, tag blob
WITH v(tenant, tag) AS (VALUES {rows})
SELECT t.tenant, t.tag, t.id, t.sealed, t.created_at
FROM v CROSS JOIN buyers t WHERE t.tenant = any[v.tenant] AND t.tag = v.tag
