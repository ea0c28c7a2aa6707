-- rows: tenant blob, id blob, made int, state int, ended_at int
WITH v(tenant, id, made, state, ended_at) AS (VALUES {rows})
UPDATE voucher_runs AS t SET made = v.made, state = v.state, ended_at = v.ended_at
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
