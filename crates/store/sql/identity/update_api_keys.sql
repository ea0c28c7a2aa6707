-- rows: tenant blob, id blob, revoked_at int
WITH v(tenant, id, revoked_at) AS (VALUES {rows})
UPDATE api_keys AS t SET revoked_at = v.revoked_at
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
