-- rows: id blob, tenant blob, hash blob, name text, scopes text, created_at int, revoked_at int, requests_per_minute int, expires_at int
WITH v(id, tenant, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at) AS (VALUES {rows})
INSERT INTO api_keys (id, tenant, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at)
SELECT id, tenant, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at
FROM v WHERE id IS NOT NULL
