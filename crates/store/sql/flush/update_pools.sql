-- rows: tenant blob, sku blob, low blob, swept blob
WITH v(tenant, sku, low, swept) AS (VALUES {rows})
UPDATE pools AS t SET low = v.low, swept = v.swept
FROM v WHERE t.tenant = [v.tenant] AND t.sku = v.sku
