-- rows: tenant blob, kind int, id blob, field text, old blob, sealed blob
WITH v(tenant, kind, id, field, old, sealed) AS (VALUES {rows})
UPDATE resource_secrets AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.kind = v.kind AND t.id = v.id AND t.field = v.field AND v.old = t.sealed
