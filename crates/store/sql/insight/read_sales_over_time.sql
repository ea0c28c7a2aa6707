-- Parameters: tenant, the first quarter of an hour and the one after the last. Everything that was sold.
SELECT t.slot, t.channel, t.currency, t.placed, t.closed, t.orders, t.pieces, t.returned, t.gross, t.refunded, t.cost, t.uncosted
FROM sales t WHERE t.tenant = ? AND t.cut = 1 AND t.slot >= ? AND t.slot < ? ORDER BY t.slot, t.channel, t.currency
