-- rows: tenant blob, kind int, made int
WITH v(tenant, kind, made) AS (VALUES {rows})
UPDATE resource_heads AS t SET made = v.made
FROM v WHERE t.tenant = any[v.tenant] AND t.kind = v.kind
