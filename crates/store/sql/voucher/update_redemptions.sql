-- rows: tenant blob, id blob, remaining int, reversed_at int
WITH v(tenant, id, remaining, reversed_at) AS (VALUES {rows})
UPDATE redemptions AS t SET remaining = v.remaining, reversed_at = v.reversed_at
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
