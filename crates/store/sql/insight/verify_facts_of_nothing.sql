-- Facts that are told of an order that is not there, or that were not read yet.
SELECT t.order_id FROM order_facts t
LEFT JOIN orders o ON o.tenant = t.tenant AND o.id = t.order_id
LEFT JOIN followed f ON f.tenant = t.tenant
WHERE o.id IS NULL OR t.seq > COALESCE(f.seq, 0) LIMIT 6
