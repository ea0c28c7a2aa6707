-- Money sums up over a book, pieces (unit 0) over a SKU.
SELECT owner FROM (
    SELECT tenant, unit, CASE WHEN unit = 0 THEN owner ELSE tenant END AS owner, balance
    FROM accounts
) m
GROUP BY tenant, unit, owner HAVING SUM(balance) <> 0 LIMIT 6
