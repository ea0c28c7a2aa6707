-- rows: tenant blob, id blob, email blob, sealed blob, created_at int, data text
WITH v(tenant, id, email, sealed, created_at, data) AS (VALUES {rows})
INSERT INTO people (tenant, id, email, sealed, created_at, data)
SELECT tenant, id, email, sealed, created_at, data FROM v WHERE tenant IS NOT NULL
