-- rows: tenant blob, id blob, state int, channel_number text, ended_at int
WITH v(tenant, id, state, channel_number, ended_at) AS (VALUES {rows})
UPDATE payments AS t SET state = v.state, channel_number = v.channel_number, ended_at = v.ended_at
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
