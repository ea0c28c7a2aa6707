SELECT tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state, lines, created_at, ended_at FROM refunds
WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?
