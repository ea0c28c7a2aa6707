-- rows: tenant blob, batch blob
WITH v(tenant, batch) AS (VALUES {rows})
SELECT t.batch, t.currency, t.sold, t.returned, t.gross, t.refunded
FROM v CROSS JOIN batch_sales t WHERE t.tenant = any[v.tenant] AND t.batch = any[v.batch]
