-- Facts of all books, each in order, as their digests see them.
SELECT tenant, seq, at, request, actor, address, kind, v, subject, data, before, proof
FROM journal WHERE (tenant, seq) > (?, ?) ORDER BY tenant, seq LIMIT ?
