-- Keys that lead to no order, and a buyer's that lead to another's.
SELECT k.order_id FROM order_keys k LEFT JOIN orders o ON o.tenant = k.tenant AND o.id = k.order_id
WHERE o.id IS NULL OR k.name = 1 AND k.value <> o.buyer LIMIT 6
