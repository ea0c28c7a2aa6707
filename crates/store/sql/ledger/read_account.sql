SELECT t.tenant, t.id, t.owner, t.kind, t.unit, t.balance, t.held, t.last_transfer
FROM accounts t
WHERE t.tenant = ? AND t.id = ?
