-- rows: tenant blob, kind int, made int
WITH v(tenant, kind, made) AS (VALUES {rows})
INSERT INTO resource_heads (tenant, kind, made)
SELECT tenant, kind, made FROM v WHERE tenant IS NOT NULL
