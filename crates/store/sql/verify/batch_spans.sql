-- Codes outside of the part of the pool in which their batch lies, where no job would find them.
SELECT c.position FROM codes c LEFT JOIN imports i
    ON i.sku = c.sku AND i.batch = c.batch AND c.position >= i.first_position AND c.position <= i.last_position
WHERE i.batch IS NULL LIMIT 6
