-- Payments and refunds that are not in their usual state are found by keys of their orders, which whoever follows the journal
-- writes from now on. Those of before get theirs here: 8 may still be paid, 9 failed, 10 goes back, 11 a refund on its way.
INSERT INTO order_keys (tenant, name, value, order_id)
SELECT tenant, CASE state WHEN 5 THEN 9 WHEN 6 THEN 10 WHEN 4 THEN 10 ELSE 8 END, id, order_id FROM payments
WHERE state IN (1, 2, 5, 6) OR state = 4 AND channel_number IS NOT NULL;
INSERT INTO order_keys (tenant, name, value, order_id) SELECT tenant, 11, id, order_id FROM refunds WHERE state = 1;
