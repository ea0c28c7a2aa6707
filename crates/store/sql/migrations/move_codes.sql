-- Parameters: pool and position of the last code that was moved, how many.
INSERT INTO codes (tenant, sku, position, batch, tag, sealed, state, order_id, line, source_line)
SELECT tenant, sku, position, batch, tag, sealed, state, order_id, line, source_line FROM codes_before
WHERE (sku, position) > (?, ?) ORDER BY sku, position LIMIT ?
