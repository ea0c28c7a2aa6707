-- Codes outside of the part of the pool in which their batch lies, where no job would find them. A batch that is on its
-- way lies in two parts.
SELECT c.position FROM codes c LEFT JOIN imports i
    ON i.tenant = c.tenant AND i.sku = c.sku AND i.batch = c.batch AND c.position >= i.first_position AND c.position <= i.last_position
WHERE i.batch IS NULL AND NOT EXISTS (
    SELECT 1 FROM imports m WHERE m.batch = c.batch AND m.tenant = c.tenant AND m.relocation IS NOT NULL
) LIMIT 6
