-- What was applied of receipts less what payments through channels (not method 1, the wallet) paid: state 3.
SELECT payment FROM (
    SELECT tenant, payment, applied AS amount FROM receipts
    UNION ALL
    SELECT tenant, id, -amount FROM payments WHERE method <> 1 AND state = 3
) m
GROUP BY tenant, payment HAVING SUM(amount) <> 0 LIMIT 6
