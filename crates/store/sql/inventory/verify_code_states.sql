-- 2 and 3 are issued and revealed; 1, 4, 5, 6 and 9 available, frozen, expired, voided and
-- damaged; 7 replaced; 8 doubtful; 10 vouchers.
SELECT position FROM codes
WHERE (state IN (2, 3) AND (order_id IS NULL OR line IS NULL))
    OR (state IN (1, 4, 5, 6, 8, 9, 10) AND (order_id IS NOT NULL OR line IS NOT NULL))
    OR state NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10) LIMIT 6
