-- rows: tenant blob, id blob, debit_owner blob, debit_kind int, credit_owner blob, credit_kind int, unit int, amount int, posted int, state int, at int
WITH v(tenant, id, debit_owner, debit_kind, credit_owner, credit_kind, unit, amount, posted, state, at) AS (VALUES {rows})
INSERT INTO holds (tenant, id, debit_owner, debit_kind, credit_owner, credit_kind, unit, amount, posted, state, at)
SELECT tenant, id, debit_owner, debit_kind, credit_owner, credit_kind, unit, amount, posted, state, at FROM v WHERE tenant IS NOT NULL
