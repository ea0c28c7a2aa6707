-- rows: tenant blob, id blob, api_key blob, status int, at int, data text
WITH v(tenant, id, api_key, status, at, data) AS (VALUES {rows})
INSERT INTO request_log (tenant, id, api_key, status, at, data)
SELECT tenant, id, api_key, status, at, data FROM v WHERE tenant IS NOT NULL
