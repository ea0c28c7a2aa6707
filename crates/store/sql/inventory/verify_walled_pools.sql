-- Batches on their way out less those that their pools know of; mark 0 is open.
SELECT sku FROM (
    SELECT tenant, sku, 1 AS n FROM imports WHERE (mark <> 0 OR relocation IS NOT NULL) AND mark_from IS NOT NULL
    UNION ALL
    SELECT tenant, sku, -walled FROM pools
) m
GROUP BY tenant, sku HAVING SUM(n) <> 0 LIMIT 6
