-- Something is left of what is in force (state 1), nothing of what is used (2); what ended has no money.
SELECT id FROM vouchers
WHERE remaining < 0 OR remaining > total OR unearned < 0 OR unearned > price OR (state = 1 AND remaining = 0)
    OR (state = 2 AND remaining <> 0) OR (state <> 1 AND unearned <> 0)
LIMIT 6
