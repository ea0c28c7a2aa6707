-- rows: tenant blob, sku blob, low blob, swept blob
WITH v(tenant, sku, low, swept) AS (VALUES {rows})
INSERT INTO pools (tenant, sku, low, swept)
SELECT tenant, sku, low, swept FROM v WHERE tenant IS NOT NULL
