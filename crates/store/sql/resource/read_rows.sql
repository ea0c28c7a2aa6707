-- rows: tenant blob, kind int, id blob
WITH v(tenant, kind, id) AS (VALUES {rows})
SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data
FROM v CROSS JOIN resources t WHERE t.tenant = any[v.tenant] AND t.kind = any[v.kind] AND t.id = any[v.id]
