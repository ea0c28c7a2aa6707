-- rows: tenant blob, sku blob, low blob, swept blob, walled int, damaged_row int, largest int
WITH v(tenant, sku, low, swept, walled, damaged_row, largest) AS (VALUES {rows})
INSERT INTO pools (tenant, sku, low, swept, walled, damaged_row, largest)
SELECT tenant, sku, low, swept, walled, damaged_row, largest FROM v WHERE tenant IS NOT NULL
