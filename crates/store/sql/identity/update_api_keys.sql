-- rows: id blob, revoked_at int
WITH v(id, revoked_at) AS (VALUES {rows})
UPDATE api_keys AS t SET revoked_at = v.revoked_at
FROM v WHERE t.id = [v.id]
