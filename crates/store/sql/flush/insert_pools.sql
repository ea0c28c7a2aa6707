-- rows: tenant blob, sku blob, low blob, swept blob, walled int
WITH v(tenant, sku, low, swept, walled) AS (VALUES {rows})
INSERT INTO pools (tenant, sku, low, swept, walled)
SELECT tenant, sku, low, swept, walled FROM v WHERE tenant IS NOT NULL
