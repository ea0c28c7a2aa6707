-- rows: tenant blob, scope blob, subject blob, window_start int
WITH v(tenant, scope, subject, window_start) AS (VALUES {rows})
SELECT t.tenant, t.scope, t.subject, t.window_start, t.used
FROM v CROSS JOIN counters t WHERE t.tenant = any[v.tenant] AND t.scope = v.scope AND t.subject = v.subject AND t.window_start = v.window_start {lock}
