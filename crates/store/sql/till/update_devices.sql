-- rows: tenant blob, id blob, state int, paired_at int, tries int, unlocked_until int
WITH v(tenant, id, state, paired_at, tries, unlocked_until) AS (VALUES {rows})
UPDATE devices AS t SET state = v.state, paired_at = v.paired_at, tries = v.tries, unlocked_until = v.unlocked_until
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id
