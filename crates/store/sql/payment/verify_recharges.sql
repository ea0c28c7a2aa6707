-- What recharges that succeeded (state 3) were to bring to the wallets of their buyers, less what receipts (reason 7) brought to
-- wallets (account kind 1). A minor unit is 100 ledger units, of yen (392) 10,000.
SELECT id FROM (
    SELECT tenant, id, wallet, currency, amount * CASE currency WHEN 392 THEN 10000 ELSE 100 END AS amount, 1 AS n
    FROM payments WHERE wallet IS NOT NULL AND state = 3
    UNION ALL
    SELECT t.tenant, t.subject, a.owner, t.unit, -t.amount, 1
    FROM accounts a JOIN transfers t ON t.tenant = a.tenant AND t.credit = a.id WHERE a.kind = 1 AND t.reason = 7
) m
GROUP BY tenant, id, wallet, currency HAVING SUM(amount) <> 0 OR SUM(n) <> 2 LIMIT 6
