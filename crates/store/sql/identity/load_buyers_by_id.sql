-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.tag, t.id, t.sealed, t.created_at
FROM v CROSS JOIN buyers t WHERE t.tenant = [v.tenant] AND t.id = v.id
