-- Parameters: tenant, SKU, the position before which, how many codes.
-- Codes of a pool that can be sold (state 1), by their last moments (the first bytes of a position), and how many were
-- looked at for each.
SELECT t.until, CAST(SUM(CASE WHEN t.state = 1 THEN 1 ELSE 0 END) AS {int}), COUNT(*)
FROM (
    SELECT substr(c.position, 1, 8) AS until, c.state AS state
    FROM pools p JOIN codes c ON c.tenant = p.tenant AND c.sku = p.sku AND c.position >= p.low
    WHERE p.tenant = ? AND p.sku = ? AND c.position < ? ORDER BY c.position LIMIT ?
) t
GROUP BY t.until ORDER BY t.until
