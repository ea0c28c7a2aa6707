-- Proofs of a part of a book. What it reads is bounded by the numbers, not by a limit.
SELECT seq, proof FROM journal WHERE tenant = ? AND seq > ? AND seq <= ? AND proof IS NOT NULL ORDER BY seq
