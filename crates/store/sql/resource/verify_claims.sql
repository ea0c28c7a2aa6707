-- rows: tenant blob, kind int, name text, key blob, id blob
-- Claims that must be there and are not.
WITH v(tenant, kind, name, key, id) AS (VALUES {rows})
SELECT v.id FROM v WHERE v.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resource_claims t
    WHERE t.tenant = v.tenant AND t.kind = v.kind AND t.name = v.name AND t.key = v.key AND t.id = v.id)
