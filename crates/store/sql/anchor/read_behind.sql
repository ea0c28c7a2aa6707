-- Books whose newest facts are not linked, and those that end before what is. A walk over all books, once a second.
SELECT h.tenant, h.seq, a.seq, a.before, a.at, a.chain, a.key, a.mac
FROM journal_heads h LEFT JOIN journal_anchors a ON a.tenant = h.tenant
WHERE h.tenant > ? AND (a.seq IS NULL OR a.seq <> h.seq)
ORDER BY h.tenant LIMIT ?
