-- rows: tenant blob, kind int, name text, key blob, id blob
WITH v(tenant, kind, name, key, id) AS (VALUES {rows})
UPDATE resource_claims AS t SET id = v.id
FROM v WHERE t.tenant = any[v.tenant] AND t.kind = v.kind AND t.name = v.name AND t.key = v.key
