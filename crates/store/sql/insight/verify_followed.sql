-- Books that were followed further than their journal goes.
SELECT f.tenant FROM followed f LEFT JOIN journal_heads h ON h.tenant = f.tenant
WHERE f.seq > COALESCE(h.seq, 0) LIMIT 6
