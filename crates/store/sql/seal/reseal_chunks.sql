-- rows: tenant blob, import blob, number int, old blob, sealed blob
WITH v(tenant, import, number, old, sealed) AS (VALUES {rows})
UPDATE staged_chunks AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.import = v.import AND t.number = v.number AND v.old = t.sealed
