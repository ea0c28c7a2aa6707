-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id
FROM v CROSS JOIN buyer_ids t WHERE t.tenant = any[v.tenant] AND t.id = v.id
