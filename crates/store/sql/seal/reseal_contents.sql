-- rows: tenant blob, id blob, old blob, sealed blob
WITH v(tenant, id, old, sealed) AS (VALUES {rows})
UPDATE contents AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id AND v.old = t.sealed
