{truncate} idempotency_0_before
