-- Parameters: tenant, order, the number after which, how many.
SELECT j.tenant, j.seq, j.at, j.request, j.actor, j.kind, j.v, j.subject, j.data, j.address
FROM order_facts t JOIN journal j ON j.tenant = t.tenant AND j.seq = t.seq
WHERE t.tenant = ? AND t.order_id = ? AND t.seq > ? ORDER BY t.seq LIMIT ?
