-- rows: tenant blob, scope blob, subject blob, window_start int, used int
WITH v(tenant, scope, subject, window_start, used) AS (VALUES {rows})
UPDATE counters AS t SET used = v.used
FROM v WHERE t.tenant = any[v.tenant] AND t.scope = v.scope AND t.subject = v.subject AND t.window_start = v.window_start
