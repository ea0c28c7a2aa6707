-- rows: tenant blob, sku blob, position blob, batch blob, tag blob, sealed blob, state int, source_line int
WITH v(tenant, sku, position, batch, tag, sealed, state, source_line) AS (VALUES {rows})
INSERT INTO codes (tenant, sku, position, batch, tag, sealed, state, source_line)
SELECT tenant, sku, position, batch, tag, sealed, state, source_line FROM v WHERE tenant IS NOT NULL
