-- Parameters: three times the tenant, a cut, its first time and the one after its last: whole days, and the quarters of an hour
-- before and after them. What was sold of each SKU, by the sales channel.
SELECT s.sku, s.channel, s.currency, CAST(SUM(s.orders) AS {int}), CAST(SUM(s.pieces) AS {int}), CAST(SUM(s.returned) AS {int}),
    CAST(SUM(s.gross) AS {int}), CAST(SUM(s.refunded) AS {int}), CAST(SUM(s.cost) AS {int}), CAST(SUM(s.uncosted) AS {int})
FROM (
    SELECT t.sku, t.channel, t.currency, t.orders, t.pieces, t.returned, t.gross, t.refunded, t.cost, t.uncosted
    FROM sales t WHERE t.tenant = ? AND t.cut = ? AND t.slot >= ? AND t.slot < ?
    UNION ALL
    SELECT t.sku, t.channel, t.currency, t.orders, t.pieces, t.returned, t.gross, t.refunded, t.cost, t.uncosted
    FROM sales t WHERE t.tenant = ? AND t.cut = ? AND t.slot >= ? AND t.slot < ?
    UNION ALL
    SELECT t.sku, t.channel, t.currency, t.orders, t.pieces, t.returned, t.gross, t.refunded, t.cost, t.uncosted
    FROM sales t WHERE t.tenant = ? AND t.cut = ? AND t.slot >= ? AND t.slot < ?
) s GROUP BY s.sku, s.channel, s.currency
