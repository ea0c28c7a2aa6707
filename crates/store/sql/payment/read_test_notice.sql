SELECT t.tenant, t.id, t.payment, t.order_id, t.currency, t.amount, t.at
FROM test_notices t WHERE t.tenant = ? AND t.id = ?
