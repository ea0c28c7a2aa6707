-- Pending holds (state 1) less what accounts keep, by owner, kind and unit.
SELECT tenant, owner, kind, unit FROM (
    SELECT tenant, debit_owner AS owner, debit_kind AS kind, unit, amount FROM holds WHERE state = 1
    UNION ALL
    SELECT tenant, owner, kind, unit, -held FROM accounts WHERE held <> 0
) m
GROUP BY tenant, owner, kind, unit HAVING SUM(amount) <> 0 LIMIT 6
