-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.store, t.name, t.state, t.tag, t.code_until, t.paired_at, t.tries, t.unlocked_until, t.created_at
FROM v CROSS JOIN devices t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
