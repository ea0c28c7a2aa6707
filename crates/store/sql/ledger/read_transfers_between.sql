-- Parameters: tenant, the first id, the id before which, how many.
SELECT t.tenant, t.id, t.debit, t.credit, t.amount, t.unit, t.reason, t.subject, t.at,
    t.debit_previous, t.credit_previous, t.debit_balance, t.credit_balance
FROM transfers t
WHERE t.tenant = ? AND t.id >= ? AND t.id < ? ORDER BY t.id DESC LIMIT ?
