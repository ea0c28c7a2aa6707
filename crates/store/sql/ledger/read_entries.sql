-- Parameters: newest transfer, how many, account, tenant, tenant.
-- Walks an account's chain from its newest transfer back, a look-up by key at each step.
WITH RECURSIVE walk(id, wanted) AS (
    SELECT ?, ?
    UNION ALL
    SELECT CASE WHEN t.debit = ? THEN t.debit_previous ELSE t.credit_previous END, w.wanted - 1
    FROM walk w CROSS JOIN transfers t
    WHERE w.wanted > 1 AND t.tenant = ? AND t.id = w.id
)
SELECT t.tenant, t.id, t.debit, t.credit, t.amount, t.unit, t.reason, t.subject, t.at,
    t.debit_previous, t.credit_previous, t.debit_balance, t.credit_balance
FROM walk w CROSS JOIN transfers t WHERE t.tenant = ? AND t.id = w.id
ORDER BY w.wanted DESC
