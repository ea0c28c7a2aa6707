-- rows: tenant blob, kind int, name text, key blob
WITH v(tenant, kind, name, key) AS (VALUES {rows})
SELECT t.tenant, t.kind, t.name, t.key, t.id
FROM v CROSS JOIN resource_claims t
WHERE t.tenant = any[v.tenant] AND t.kind = v.kind AND t.name = v.name AND t.key = v.key
