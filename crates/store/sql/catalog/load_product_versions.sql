-- rows: tenant blob, id blob, version int
WITH v(tenant, id, version) AS (VALUES {rows})
SELECT t.tenant, t.data
FROM v CROSS JOIN product_versions t WHERE t.tenant = any[v.tenant] AND t.id = v.id AND t.version = v.version
