-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.sku, t.first, t.quantity, t.made, t.state, t.created_at, t.ended_at, t.live
FROM v CROSS JOIN voucher_runs t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
