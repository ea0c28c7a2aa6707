{truncate} idempotency_0
