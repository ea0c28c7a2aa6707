-- rows: tenant blob, id blob
WITH v(tenant, id) AS (VALUES {rows})
SELECT t.tenant, t.id, t.debit_owner, t.debit_kind, t.credit_owner, t.credit_kind, t.unit, t.amount, t.posted, t.state, t.at
FROM v CROSS JOIN holds t WHERE t.tenant = any[v.tenant] AND t.id = v.id {lock}
