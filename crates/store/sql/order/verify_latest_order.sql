-- When an order or a payment last could have taken codes. A payment that failed and was paid after all ended when it failed.
SELECT MAX(at) FROM (
    SELECT MAX(created_at) AS at FROM orders
    UNION ALL
    SELECT MAX(ended_at) FROM payments
    UNION ALL
    SELECT MAX(at) FROM receipts
) m
