-- A bounded account (wallets and stock) that holds something knows its newest transfer.
SELECT id FROM accounts
WHERE kind IN (1, 2) AND last_transfer IS NULL AND balance <> 0 LIMIT 6
