-- The number that a row had while all books shared one journal.
SELECT t.before FROM journal t WHERE t.tenant = ? AND t.seq = ?
