{truncate} idempotency_1_before
