-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT v.id, t.batch
FROM v CROSS JOIN codes t WHERE substr(t.position, 9) = any[v.id] AND {filter}t.tenant = any[v.tenant]
