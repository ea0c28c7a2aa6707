-- Orders of which facts are told that are not found by their buyer or their amount: two keys of an order, by the names 1 and 2.
SELECT o.id FROM orders o
WHERE EXISTS (SELECT 1 FROM order_facts t WHERE t.tenant = o.tenant AND t.order_id = o.id)
  AND (NOT EXISTS (SELECT 1 FROM order_keys k
        WHERE k.tenant = o.tenant AND k.name = 1 AND k.value = o.buyer AND k.order_id = o.id)
    OR NOT EXISTS (SELECT 1 FROM order_keys k WHERE k.tenant = o.tenant AND k.name = 2 AND k.order_id = o.id))
LIMIT 6
