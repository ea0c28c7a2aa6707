-- rows: tenant blob, kind int, id blob, field text, hash text, bytes int
-- Pictures that must be there and are not, or are others.
WITH v(tenant, kind, id, field, hash, bytes) AS (VALUES {rows})
SELECT v.id FROM v WHERE v.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM resource_pictures t
    WHERE t.tenant = v.tenant AND t.kind = v.kind AND t.id = v.id AND t.field = v.field
    AND t.hash = v.hash AND CAST(length(t.bytes) AS {int}) = v.bytes)
