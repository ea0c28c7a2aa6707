-- rows: tenant blob, cut int, slot int, sku blob, channel int, currency int, placed int, closed int, orders int, pieces int, returned int, gross int, refunded int, cost int, uncosted int
WITH v(tenant, cut, slot, sku, channel, currency, placed, closed, orders, pieces, returned, gross, refunded, cost, uncosted) AS (VALUES {rows})
INSERT INTO sales (tenant, cut, slot, sku, channel, currency, placed, closed, orders, pieces, returned, gross, refunded, cost, uncosted)
SELECT tenant, cut, slot, sku, channel, currency, placed, closed, orders, pieces, returned, gross, refunded, cost, uncosted
FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, cut, slot, sku, channel, currency) DO UPDATE SET
    placed = sales.placed + excluded.placed, closed = sales.closed + excluded.closed, orders = sales.orders + excluded.orders,
    pieces = sales.pieces + excluded.pieces, returned = sales.returned + excluded.returned, gross = sales.gross + excluded.gross,
    refunded = sales.refunded + excluded.refunded, cost = sales.cost + excluded.cost, uncosted = sales.uncosted + excluded.uncosted
