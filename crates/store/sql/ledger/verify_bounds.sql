-- 1 and 2 are wallets and stock, which have a bound.
SELECT id FROM accounts
WHERE held < 0 OR (kind IN (1, 2) AND balance < held) OR (kind NOT IN (1, 2) AND held <> 0) LIMIT 6
