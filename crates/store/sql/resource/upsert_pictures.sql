-- rows: tenant blob, kind int, id blob, field text, hash text, bytes blob
WITH v(tenant, kind, id, field, hash, bytes) AS (VALUES {rows})
INSERT INTO resource_pictures (tenant, kind, id, field, hash, bytes)
SELECT tenant, kind, id, field, hash, bytes FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, kind, id, field) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes
