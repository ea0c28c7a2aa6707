-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.order_id, t.payment, t.receipt, t.method, t.currency, t.amount, t.loss, t.cause, t.reason, t.overridden, t.state, t.lines, t.created_at, t.ended_at
FROM v CROSS JOIN refunds t WHERE t.tenant = any[v.tenant] AND t.id = any[v.id]
