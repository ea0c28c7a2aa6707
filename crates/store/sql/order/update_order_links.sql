-- rows: tenant blob, id blob, link blob
WITH v(tenant, id, link) AS (VALUES {rows})
UPDATE orders AS t SET link = v.link
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
