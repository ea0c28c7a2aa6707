SELECT (SELECT COUNT(*) FROM idempotency_0) + (SELECT COUNT(*) FROM idempotency_1)
    + (SELECT COUNT(*) FROM idempotency_0_before) + (SELECT COUNT(*) FROM idempotency_1_before)
    + (SELECT COUNT(*) FROM orders WHERE external_id IS NOT NULL)
