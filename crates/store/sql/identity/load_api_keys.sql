-- rows: id blob
WITH v(id) AS (VALUES {rows})
SELECT t.id, t.tenant, t.hash, t.name, t.scopes, t.created_at, t.revoked_at,
    t.requests_per_minute, t.expires_at
FROM v CROSS JOIN api_keys t WHERE t.id = [v.id] {lock}
