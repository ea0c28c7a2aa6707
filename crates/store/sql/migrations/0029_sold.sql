-- Pieces of each SKU that were sold in a day of UTC, told behind the journal. The days of before follow from the orders that
-- were followed already; whoever follows adds the others.
CREATE TABLE sold (
    tenant {blob} NOT NULL, sku {blob} NOT NULL, day {int} NOT NULL, pieces {int} NOT NULL,
    CONSTRAINT sold_pk PRIMARY KEY (tenant, sku, day)
) {clustered} {hot};
INSERT INTO sold (tenant, sku, day, pieces)
SELECT l.tenant, l.sku, o.created_at / 86400000000, SUM(l.quantity)
FROM order_lines l JOIN orders o ON o.tenant = l.tenant AND o.id = l.order_id
WHERE o.expires_at IS NULL AND o.closed IS NULL
    AND EXISTS (SELECT 1 FROM order_facts f WHERE f.tenant = o.tenant AND f.order_id = o.id)
GROUP BY l.tenant, l.sku, o.created_at / 86400000000;
