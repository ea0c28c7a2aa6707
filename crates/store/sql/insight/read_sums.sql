-- Parameters: tenant, the first slot and the one after the last.
SELECT t.name, t.currency, CAST(SUM(t.amount) AS {int}) FROM sums t
WHERE t.tenant = ? AND t.slot >= ? AND t.slot < ? GROUP BY t.name, t.currency ORDER BY t.name, t.currency
