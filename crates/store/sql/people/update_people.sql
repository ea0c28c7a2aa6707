-- rows: tenant blob, id blob, email blob, sealed blob, data text
WITH v(tenant, id, email, sealed, data) AS (VALUES {rows})
UPDATE people AS t SET email = v.email, sealed = v.sealed, data = v.data
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
