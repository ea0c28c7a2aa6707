-- rows: tenant blob, kind int, id blob, version int, shape int, stamp int, created_at int, edited_at int, archived_at int, data text, actor blob
WITH v(tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data, actor) AS (VALUES {rows})
INSERT INTO resource_versions (tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data, actor)
SELECT tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data, actor FROM v WHERE tenant IS NOT NULL
