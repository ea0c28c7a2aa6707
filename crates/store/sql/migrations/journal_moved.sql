-- How many rows were moved, which is the number of the last: the journal of all books had no gaps.
SELECT CAST(COALESCE(SUM(seq), 0) AS {int}) FROM journal_heads
