-- Lines that hold a SKU's content less the account of its holders (account kind 40).
SELECT sku FROM (
    SELECT tenant, sku, 1 AS n FROM order_lines WHERE content IS NOT NULL
    UNION ALL
    SELECT tenant, owner, -balance FROM accounts WHERE kind = 40
) m
GROUP BY tenant, sku HAVING SUM(n) <> 0 LIMIT 6
