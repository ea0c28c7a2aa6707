-- Books whose count of a kind is not that of its rows.
SELECT tenant FROM (
    SELECT tenant, kind, made AS n FROM resource_heads
    UNION ALL SELECT tenant, kind, -COUNT(*) AS n FROM resources GROUP BY tenant, kind
) c GROUP BY tenant, kind HAVING SUM(n) <> 0 LIMIT 6
