-- Parameters: tenant, the first day. Pieces of each SKU that were sold, by the day of UTC.
SELECT t.sku, t.slot, CAST(SUM(t.pieces) AS {int}) FROM sales t
WHERE t.tenant = ? AND t.cut = 3 AND t.slot >= ? GROUP BY t.sku, t.slot
