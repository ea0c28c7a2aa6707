-- Lookup tags that lead to no code.
SELECT l.code FROM code_lookups l LEFT JOIN codes c ON {filter}c.tenant = l.tenant AND substr(c.position, 9) = l.code
WHERE c.sku IS NULL LIMIT 6
