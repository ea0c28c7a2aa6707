-- Codes that became vouchers (state 10) less vouchers whose codes came from files: each has the other's id.
SELECT id FROM (
    SELECT tenant, sku, substr(position, 9) AS id, 1 AS n FROM codes WHERE state = 10
    UNION ALL
    SELECT tenant, sku, id, -1 FROM vouchers WHERE imported = 1
) m
GROUP BY tenant, sku, id HAVING SUM(n) <> 0 LIMIT 6
