-- 1 is pending, 2 posted, 3 voided.
SELECT id FROM holds
WHERE amount <= 0 OR NOT ((state IN (1, 3) AND posted = 0)
    OR (state = 2 AND posted > 0 AND posted <= amount)) LIMIT 6
