-- rows: tenant blob, id blob, sku blob, number int, note text, file_bytes int, actor blob, created_at int, sealed blob
WITH v(tenant, id, sku, number, note, file_bytes, actor, created_at, sealed) AS (VALUES {rows})
INSERT INTO contents (tenant, id, sku, number, note, file_bytes, actor, created_at, sealed)
SELECT tenant, id, sku, number, note, file_bytes, actor, created_at, sealed FROM v WHERE tenant IS NOT NULL
