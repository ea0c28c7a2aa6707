-- What each transfer left in a bounded account, less what the next one found there or, for the newest,
-- what the account says: every balance is met exactly once, so the chain is whole and has no fork.
SELECT transfer FROM (
    SELECT tenant, debit AS account, id AS transfer, debit_balance AS balance, 1 AS n
    FROM transfers WHERE debit_balance IS NOT NULL
    UNION ALL
    SELECT tenant, credit, id, credit_balance, 1 FROM transfers WHERE credit_balance IS NOT NULL
    UNION ALL
    SELECT tenant, debit, debit_previous, debit_balance + amount, -1
    FROM transfers WHERE debit_previous IS NOT NULL
    UNION ALL
    SELECT tenant, credit, credit_previous, credit_balance - amount, -1
    FROM transfers WHERE credit_previous IS NOT NULL
    UNION ALL
    SELECT tenant, id, last_transfer, balance, -1 FROM accounts WHERE last_transfer IS NOT NULL
) m
GROUP BY tenant, account, transfer, balance HAVING SUM(n) <> 0 LIMIT 6
