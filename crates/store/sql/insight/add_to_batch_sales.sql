-- rows: tenant blob, batch blob, currency int, sold int, returned int, gross int, refunded int
WITH v(tenant, batch, currency, sold, returned, gross, refunded) AS (VALUES {rows})
INSERT INTO batch_sales (tenant, batch, currency, sold, returned, gross, refunded)
SELECT tenant, batch, currency, sold, returned, gross, refunded FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, batch, currency) DO UPDATE SET
    sold = batch_sales.sold + excluded.sold, returned = batch_sales.returned + excluded.returned,
    gross = batch_sales.gross + excluded.gross, refunded = batch_sales.refunded + excluded.refunded
