-- rows: tenant blob, order_id blob
-- What goes or went back of orders' money, and where each part stands.
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.order_id, t.amount, t.state
FROM v CROSS JOIN refunds t WHERE {filter}t.tenant = any[v.tenant] AND t.order_id = any[v.order_id]
