-- rows: tenant blob, id blob, owner blob, kind int, unit int, balance int, held int, last_transfer blob
WITH v(tenant, id, owner, kind, unit, balance, held, last_transfer) AS (VALUES {rows})
INSERT INTO accounts (tenant, id, owner, kind, unit, balance, held, last_transfer)
SELECT tenant, id, owner, kind, unit, balance, held, last_transfer FROM v WHERE tenant IS NOT NULL ON CONFLICT (tenant, id) DO UPDATE SET balance = accounts.balance + excluded.balance
