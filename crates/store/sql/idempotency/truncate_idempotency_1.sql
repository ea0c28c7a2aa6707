{truncate} idempotency_1
