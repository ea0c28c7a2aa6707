-- rows: tenant blob, id blob, product blob
WITH v(tenant, id, product) AS (VALUES {rows})
INSERT INTO skus (tenant, id, product)
SELECT tenant, id, product FROM v WHERE tenant IS NOT NULL ON CONFLICT DO NOTHING
