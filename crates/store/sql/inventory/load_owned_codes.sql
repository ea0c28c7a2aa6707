-- rows: sku blob, position blob
WITH v(sku, position) AS (VALUES {rows})
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM v CROSS JOIN codes t WHERE t.sku = [v.sku] AND t.position = v.position
