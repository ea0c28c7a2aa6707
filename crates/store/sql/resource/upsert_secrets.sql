-- rows: tenant blob, kind int, id blob, field text, sealed blob
WITH v(tenant, kind, id, field, sealed) AS (VALUES {rows})
INSERT INTO resource_secrets (tenant, kind, id, field, sealed)
SELECT tenant, kind, id, field, sealed FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, kind, id, field) DO UPDATE SET sealed = excluded.sealed
