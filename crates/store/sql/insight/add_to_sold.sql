-- rows: tenant blob, sku blob, day int, pieces int
WITH v(tenant, sku, day, pieces) AS (VALUES {rows})
INSERT INTO sold (tenant, sku, day, pieces)
SELECT tenant, sku, day, pieces FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, sku, day) DO UPDATE SET pieces = sold.pieces + excluded.pieces
