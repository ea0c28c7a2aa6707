-- Facts of a part of a book as their digests see them.
SELECT seq, at, request, actor, address, kind, v, subject, data, before, proof
FROM journal WHERE tenant = ? AND seq > ? AND seq <= ? ORDER BY seq
