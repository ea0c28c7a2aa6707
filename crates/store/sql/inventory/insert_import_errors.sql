-- rows: tenant blob, import blob, line int, field text, cause text
WITH v(tenant, import, line, field, cause) AS (VALUES {rows})
INSERT INTO import_errors (tenant, import, line, field, cause)
SELECT tenant, import, line, field, cause FROM v WHERE tenant IS NOT NULL
