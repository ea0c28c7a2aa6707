-- rows: tenant blob, tag blob, code blob
WITH v(tenant, tag, code) AS (VALUES {rows})
INSERT INTO code_lookups (tenant, tag, code)
SELECT tenant, tag, code FROM v WHERE tenant IS NOT NULL
