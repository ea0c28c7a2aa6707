-- rows: tenant blob, order_id blob
-- What goes or went back of orders' money; a refund that failed (state 3) does not.
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.order_id, t.amount
FROM v CROSS JOIN refunds t WHERE t.tenant = [v.tenant] AND t.order_id = [v.order_id] AND t.state <> 3
