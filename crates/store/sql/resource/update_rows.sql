-- rows: tenant blob, kind int, id blob, version int, shape int, stamp int, edited_at int, archived_at int, data text
WITH v(tenant, kind, id, version, shape, stamp, edited_at, archived_at, data) AS (VALUES {rows})
UPDATE resources AS t SET version = v.version, shape = v.shape, stamp = v.stamp, edited_at = v.edited_at, archived_at = v.archived_at, data = v.data
FROM v WHERE t.tenant = any[v.tenant] AND t.kind = v.kind AND t.id = v.id
