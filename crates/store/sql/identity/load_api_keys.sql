-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.id, t.tenant, t.hash, t.name, t.scopes, t.created_at, t.revoked_at,
    t.requests_per_minute, t.expires_at
FROM v CROSS JOIN api_keys t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
