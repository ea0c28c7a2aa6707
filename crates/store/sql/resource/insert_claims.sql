-- rows: tenant blob, kind int, name text, key blob, id blob
WITH v(tenant, kind, name, key, id) AS (VALUES {rows})
INSERT INTO resource_claims (tenant, kind, name, key, id)
SELECT tenant, kind, name, key, id FROM v WHERE tenant IS NOT NULL
