-- Parameters: four filters (or nulls), tenant, kind, the name of the key, the value and id after which, whether archived,
-- how many.
WITH v(name, key) AS (VALUES (CAST(? AS TEXT), CAST(? AS {blob})), (?, ?), (?, ?), (?, ?))
SELECT t.tenant, t.kind, t.id, t.version, t.shape, t.stamp, t.created_at, t.edited_at, t.archived_at, t.data, k.key
FROM resource_keys k JOIN resources t ON t.tenant = any[k.tenant] AND t.kind = any[k.kind] AND t.id = any[k.id]
WHERE k.tenant = ? AND k.kind = ? AND k.name = ? AND (k.key, k.id) > (?, ?)
    AND CASE WHEN t.archived_at IS NULL THEN 0 ELSE 1 END = ?
    AND NOT EXISTS (SELECT 1 FROM v WHERE v.name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resource_keys f
            WHERE f.tenant = t.tenant AND f.kind = t.kind AND f.name = v.name AND f.key = v.key AND f.id = t.id))
ORDER BY k.key, k.id LIMIT ?
