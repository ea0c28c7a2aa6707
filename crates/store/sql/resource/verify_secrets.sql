-- rows: tenant blob, kind int, id blob, field text
-- Secrets that must be there and are not.
WITH v(tenant, kind, id, field) AS (VALUES {rows})
SELECT v.id FROM v WHERE v.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resource_secrets t
    WHERE t.tenant = v.tenant AND t.kind = v.kind AND t.id = v.id AND t.field = v.field)
