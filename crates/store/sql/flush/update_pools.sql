-- rows: tenant blob, sku blob, low blob, swept blob, walled int
WITH v(tenant, sku, low, swept, walled) AS (VALUES {rows})
UPDATE pools AS t SET low = v.low, swept = v.swept, walled = v.walled
FROM v WHERE t.tenant = [v.tenant] AND t.sku = v.sku
