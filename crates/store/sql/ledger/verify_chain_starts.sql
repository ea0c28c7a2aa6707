-- The first transfer of a bounded account finds nothing there.
SELECT id FROM transfers
WHERE (debit_previous IS NULL AND debit_balance <> -amount)
    OR (credit_previous IS NULL AND credit_balance <> amount) LIMIT 6
