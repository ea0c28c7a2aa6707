-- rows: tenant blob, tag blob
WITH v(tenant, tag) AS (VALUES {rows})
SELECT t.tag, t.id
FROM v CROSS JOIN people_emails t WHERE t.tenant = any[v.tenant] AND t.tag = v.tag
