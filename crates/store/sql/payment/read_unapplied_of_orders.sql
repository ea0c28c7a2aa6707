-- rows: tenant blob, order_id blob
-- What came in for orders beyond what paid them.
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.order_id, t.amount - t.applied
FROM v CROSS JOIN receipts t WHERE {filter}t.tenant = any[v.tenant] AND t.order_id = any[v.order_id]
