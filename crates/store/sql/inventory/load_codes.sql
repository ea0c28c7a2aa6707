-- rows: sku blob, start_at blob, wanted int
-- Walks the head of each pool code by code along the primary key; state 1 is available.
WITH RECURSIVE v(sku, start_at, wanted) AS (VALUES {rows}),
walk(sku, position, wanted) AS (
    SELECT v.sku, (
        SELECT c.position FROM codes c
        WHERE c.sku = v.sku AND c.position >= v.start_at AND c.state = 1
        ORDER BY c.position LIMIT 1
    ), v.wanted - 1
    FROM v WHERE v.sku IS NOT NULL
    UNION ALL
    SELECT w.sku, (
        SELECT c.position FROM codes c
        WHERE c.sku = w.sku AND c.position > w.position AND c.state = 1
        ORDER BY c.position LIMIT 1
    ), w.wanted - 1
    FROM walk w WHERE w.wanted > 0 AND w.position IS NOT NULL
)
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM walk CROSS JOIN codes t WHERE t.sku = [walk.sku] AND t.position = walk.position
