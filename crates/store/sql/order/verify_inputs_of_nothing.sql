SELECT i.order_id FROM order_inputs i
LEFT JOIN orders o ON o.tenant = i.tenant AND o.id = i.order_id
WHERE o.id IS NULL LIMIT 6
