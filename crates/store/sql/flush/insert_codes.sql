-- rows: sku blob, position blob, tenant blob, batch blob, tag blob, sealed blob, state int
WITH v(sku, position, tenant, batch, tag, sealed, state) AS (VALUES {rows})
INSERT INTO codes (sku, position, tenant, batch, tag, sealed, state)
SELECT sku, position, tenant, batch, tag, sealed, state FROM v WHERE sku IS NOT NULL
