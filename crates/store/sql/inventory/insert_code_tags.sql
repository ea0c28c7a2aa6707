-- rows: tenant blob, tag blob, exact blob, code blob
WITH v(tenant, tag, exact, code) AS (VALUES {rows})
INSERT INTO code_tags (tenant, tag, exact, code)
SELECT tenant, tag, exact, code FROM v WHERE tenant IS NOT NULL
