-- rows: tenant blob, external_id text
WITH v(tenant, external_id) AS (VALUES {rows})
SELECT t.tenant, t.external_id, t.id
FROM v CROSS JOIN orders t WHERE t.tenant = any[v.tenant] AND t.external_id = v.external_id
