-- rows: tenant blob, id blob, remaining int, unearned int, state int, valid_until int, on_expiry int
WITH v(tenant, id, remaining, unearned, state, valid_until, on_expiry) AS (VALUES {rows})
UPDATE vouchers AS t
SET remaining = v.remaining, unearned = v.unearned, state = v.state, valid_until = v.valid_until, on_expiry = v.on_expiry
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
