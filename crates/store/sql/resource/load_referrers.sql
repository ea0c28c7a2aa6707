-- rows: tenant blob, kind int, name text, key blob, target int
-- Who refers, where a key is that of a reference.
WITH v(tenant, kind, name, key, target) AS (VALUES {rows})
SELECT t.tenant, t.kind, t.name, t.key, t.id, v.target, r.archived_at
FROM v CROSS JOIN resource_keys t CROSS JOIN resources r
WHERE t.tenant = any[v.tenant] AND t.kind = v.kind AND t.name = v.name AND t.key = v.key
    AND r.tenant = any[t.tenant] AND r.kind = t.kind AND r.id = t.id
