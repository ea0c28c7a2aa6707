SELECT t.tenant, t.method, t.number, t.payment, t.order_id, t.currency, t.amount, t.applied, t.at
FROM receipts t WHERE {filter}t.tenant = ? AND t.order_id = ? ORDER BY t.at LIMIT ?
