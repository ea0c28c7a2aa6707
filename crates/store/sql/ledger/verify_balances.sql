-- Transfers less balances, by account and unit: nothing may be left, and each account is there once.
SELECT account FROM (
    SELECT tenant, credit AS account, unit, amount, 0 AS there FROM transfers
    UNION ALL
    SELECT tenant, debit, unit, -amount, 0 FROM transfers
    UNION ALL
    SELECT tenant, id, unit, -balance, 1 FROM accounts
) m
GROUP BY tenant, account, unit HAVING SUM(amount) <> 0 OR SUM(there) <> 1 LIMIT 6
