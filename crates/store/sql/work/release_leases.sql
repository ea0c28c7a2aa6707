UPDATE work SET lease_until = 0 WHERE lease_until > 0
