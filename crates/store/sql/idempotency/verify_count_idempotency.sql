SELECT (SELECT COUNT(*) FROM idempotency_0) + (SELECT COUNT(*) FROM idempotency_1)
    + (SELECT COUNT(*) FROM orders WHERE external_id IS NOT NULL)
