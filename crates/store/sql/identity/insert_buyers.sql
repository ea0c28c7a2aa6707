-- rows: tenant blob, tag blob, id blob, sealed blob, created_at int
WITH v(tenant, tag, id, sealed, created_at) AS (VALUES {rows})
INSERT INTO buyers (tenant, tag, id, sealed, created_at)
SELECT tenant, tag, id, sealed, created_at FROM v WHERE tenant IS NOT NULL
