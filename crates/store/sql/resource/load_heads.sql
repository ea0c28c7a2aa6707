-- rows: tenant blob, kind int
WITH v(tenant, kind) AS (VALUES {rows})
SELECT t.tenant, t.kind, t.made
FROM v CROSS JOIN resource_heads t WHERE t.tenant = any[v.tenant] AND t.kind = v.kind {lock}
