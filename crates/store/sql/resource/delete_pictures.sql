-- rows: tenant blob, kind int, id blob, field text
WITH v(tenant, kind, id, field) AS (VALUES {rows})
DELETE FROM resource_pictures WHERE (tenant, kind, id, field) IN (SELECT tenant, kind, id, field FROM v)
