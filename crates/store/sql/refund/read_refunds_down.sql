-- Parameters: tenant, the id before which, how many.
SELECT t.tenant, t.id, t.order_id, t.payment, t.receipt, t.method, t.currency, t.amount, t.loss, t.cause, t.reason, t.overridden, t.state, t.lines, t.created_at, t.ended_at
FROM refunds t WHERE t.tenant = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
