-- rows: tenant blob, batch blob
WITH v(tenant, batch) AS (VALUES {rows})
SELECT t.batch, t.unit_cost, t.cost_currency
FROM v CROSS JOIN imports t WHERE t.batch = any[v.batch] AND t.tenant = any[v.tenant] AND t.unit_cost IS NOT NULL
