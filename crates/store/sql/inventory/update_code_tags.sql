-- rows: tenant blob, tag blob, exact blob, code blob
WITH v(tenant, tag, exact, code) AS (VALUES {rows})
UPDATE code_tags AS t SET code = v.code
FROM v WHERE t.tenant = any[v.tenant] AND t.tag = v.tag
