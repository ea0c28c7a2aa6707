-- Codes less balances by SKU: available codes (state 1) are in stock (account kind 2), issued and
-- revealed ones and those that became vouchers (2, 3, 10) in what was issued (6), frozen ones (4) in what is frozen (13), expired ones (5) in what
-- expired (7), voided ones (6) in what was voided (12), damaged ones (9) in what is damaged (15).
SELECT sku FROM (
    SELECT tenant, sku,
        CASE state WHEN 1 THEN 2 WHEN 4 THEN 13 WHEN 5 THEN 7 WHEN 6 THEN 12 WHEN 9 THEN 15 ELSE 6 END AS kind,
        1 AS n
    FROM codes WHERE state IN (1, 2, 3, 4, 5, 6, 9, 10)
    UNION ALL
    SELECT tenant, owner, kind, -balance FROM accounts WHERE kind IN (2, 6, 7, 12, 13, 15)
) m
GROUP BY tenant, sku, kind HAVING SUM(n) <> 0 LIMIT 6
