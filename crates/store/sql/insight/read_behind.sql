-- Books whose journal has more than was followed. A walk over all books, a few times a second.
SELECT h.tenant, h.seq, COALESCE(f.seq, 0)
FROM journal_heads h LEFT JOIN followed f ON f.tenant = h.tenant
WHERE h.seq > COALESCE(f.seq, 0) ORDER BY h.tenant
