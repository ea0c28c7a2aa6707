-- 1 and 2 are wallets and stock.
SELECT COUNT(*) FROM accounts WHERE kind IN (1, 2)
