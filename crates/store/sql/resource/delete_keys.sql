-- rows: tenant blob, kind int, name text, key blob, id blob
WITH v(tenant, kind, name, key, id) AS (VALUES {rows})
DELETE FROM resource_keys WHERE (tenant, kind, name, key, id) IN (SELECT tenant, kind, name, key, id FROM v)
