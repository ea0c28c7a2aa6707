-- Keys that lead to no order and no recharge, and a buyer's that lead to another's.
SELECT k.order_id FROM order_keys k LEFT JOIN orders o ON o.tenant = k.tenant AND o.id = k.order_id
LEFT JOIN payments p ON p.tenant = k.tenant AND p.id = k.order_id AND p.wallet IS NOT NULL
WHERE o.id IS NULL AND p.id IS NULL OR k.name = 1 AND (o.id IS NULL OR k.value <> o.buyer) LIMIT 6
