SELECT t.tenant, t.id, t.debit_owner, t.debit_kind, t.credit_owner, t.credit_kind, t.unit, t.amount,
    t.posted, t.state, t.at
FROM holds t
WHERE t.tenant = ? AND t.id = ?
