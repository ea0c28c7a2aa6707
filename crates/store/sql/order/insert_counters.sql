-- rows: tenant blob, scope blob, subject blob, window_start int, used int
WITH v(tenant, scope, subject, window_start, used) AS (VALUES {rows})
INSERT INTO counters (tenant, scope, subject, window_start, used)
SELECT tenant, scope, subject, window_start, used FROM v WHERE tenant IS NOT NULL
