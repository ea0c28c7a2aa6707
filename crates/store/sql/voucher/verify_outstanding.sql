-- What is left of vouchers in force (state 1) less the control accounts of their templates (account kind 30).
SELECT sku FROM (
    SELECT tenant, sku, remaining AS n FROM vouchers WHERE state = 1
    UNION ALL
    SELECT tenant, owner, -balance FROM accounts WHERE kind = 30
) m
GROUP BY tenant, sku HAVING SUM(n) <> 0 LIMIT 6
