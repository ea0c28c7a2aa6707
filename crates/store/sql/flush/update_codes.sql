-- rows: sku blob, position blob, state int, order_id blob, line int
WITH v(sku, position, state, order_id, line) AS (VALUES {rows})
UPDATE codes AS t SET state = v.state, order_id = v.order_id, line = v.line
FROM v WHERE t.sku = [v.sku] AND t.position = v.position AND t.state = 1
