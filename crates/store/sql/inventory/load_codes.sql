-- rows: tenant blob, sku blob, start_at blob, wanted int
-- Walks the head of each pool code by code along the primary key; state 1 is available.
WITH RECURSIVE v(tenant, sku, start_at, wanted) AS (VALUES {rows}),
walk(tenant, sku, position, wanted) AS (
    SELECT v.tenant, v.sku, (
        SELECT c.position FROM codes c
        WHERE c.tenant = v.tenant AND c.sku = v.sku AND c.position >= v.start_at AND c.state = 1
        ORDER BY c.position LIMIT 1
    ), v.wanted - 1
    FROM v WHERE v.tenant IS NOT NULL
    UNION ALL
    SELECT w.tenant, w.sku, (
        SELECT c.position FROM codes c
        WHERE c.tenant = w.tenant AND c.sku = w.sku AND c.position > w.position AND c.state = 1
        ORDER BY c.position LIMIT 1
    ), w.wanted - 1
    FROM walk w WHERE w.wanted > 0 AND w.position IS NOT NULL
)
SELECT t.sku, t.position, t.tenant, t.batch, t.tag, t.sealed, t.state, t.order_id, t.line
FROM walk CROSS JOIN codes t WHERE t.tenant = any[walk.tenant] AND t.sku = walk.sku AND t.position = walk.position
