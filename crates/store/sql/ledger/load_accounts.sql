-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.owner, t.kind, t.unit, t.balance, t.held, t.last_transfer
FROM v CROSS JOIN accounts t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
