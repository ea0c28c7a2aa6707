-- What is not earned of vouchers less the merchants' accounts of it (account kind 34).
SELECT tenant FROM (
    SELECT tenant, currency, unearned AS n FROM vouchers
    UNION ALL
    SELECT tenant, unit, -balance FROM accounts WHERE kind = 34
) m
GROUP BY tenant, currency HAVING SUM(n) <> 0 LIMIT 6
