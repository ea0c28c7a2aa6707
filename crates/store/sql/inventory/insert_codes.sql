-- rows: sku blob, position blob, tenant blob, batch blob, tag blob, sealed blob, state int, source_line int
WITH v(sku, position, tenant, batch, tag, sealed, state, source_line) AS (VALUES {rows})
INSERT INTO codes (sku, position, tenant, batch, tag, sealed, state, source_line)
SELECT sku, position, tenant, batch, tag, sealed, state, source_line FROM v WHERE sku IS NOT NULL
