-- rows: tenant blob, id blob, debit blob, credit blob, amount int, unit int, reason int, subject blob, at int, debit_previous blob, credit_previous blob, debit_balance int, credit_balance int
WITH v(tenant, id, debit, credit, amount, unit, reason, subject, at, debit_previous, credit_previous, debit_balance, credit_balance) AS (VALUES {rows})
INSERT INTO transfers (tenant, id, debit, credit, amount, unit, reason, subject, at, debit_previous, credit_previous, debit_balance, credit_balance)
SELECT tenant, id, debit, credit, amount, unit, reason, subject, at, debit_previous, credit_previous, debit_balance, credit_balance FROM v WHERE tenant IS NOT NULL
