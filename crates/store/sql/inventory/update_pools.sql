-- rows: tenant blob, sku blob, low blob, swept blob, walled int, damaged_row int, largest int
WITH v(tenant, sku, low, swept, walled, damaged_row, largest) AS (VALUES {rows})
UPDATE pools AS t SET low = v.low, swept = v.swept, walled = v.walled,
    damaged_row = v.damaged_row, largest = v.largest
FROM v WHERE t.tenant = any[v.tenant] AND t.sku = v.sku
