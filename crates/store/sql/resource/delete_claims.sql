-- rows: tenant blob, kind int, name text, key blob
WITH v(tenant, kind, name, key) AS (VALUES {rows})
DELETE FROM resource_claims WHERE (tenant, kind, name, key) IN (SELECT tenant, kind, name, key FROM v)
