-- rows: tenant blob, tag blob, old blob, sealed blob
WITH v(tenant, tag, old, sealed) AS (VALUES {rows})
UPDATE buyers AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.tag = v.tag AND v.old = t.sealed
