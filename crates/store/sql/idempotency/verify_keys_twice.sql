SELECT a.key FROM idempotency_0 a JOIN idempotency_1 b ON b.key = a.key LIMIT 6
