-- rows: tenant blob, kind int, id blob, version int, shape int, stamp int, created_at int, edited_at int, archived_at int, data text
WITH v(tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data) AS (VALUES {rows})
INSERT INTO resources (tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data)
SELECT tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data FROM v WHERE tenant IS NOT NULL
