-- rows: tenant blob, sku blob, position blob, was int, state int, order_id blob, line int
-- A code is written from the state that it was loaded in: one that another writer took is missed.
WITH v(tenant, sku, position, was, state, order_id, line) AS (VALUES {rows})
UPDATE codes AS t SET state = v.state, order_id = v.order_id, line = v.line
FROM v WHERE t.tenant = any[v.tenant] AND t.sku = v.sku AND t.position = v.position AND v.was = t.state
