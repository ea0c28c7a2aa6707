-- What came in less what was applied to goods and what goes back without having been asked for (cause 1).
SELECT number FROM (
    SELECT tenant, method, number, amount - applied AS amount FROM receipts
    UNION ALL
    SELECT tenant, method, receipt, -amount FROM refunds WHERE receipt IS NOT NULL
) m
GROUP BY tenant, method, number HAVING SUM(amount) <> 0 LIMIT 6
