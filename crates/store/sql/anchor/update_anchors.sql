-- rows: tenant blob, seq int, before int, at int, chain blob, key int, mac blob
WITH v(tenant, seq, before, at, chain, key, mac) AS (VALUES {rows})
UPDATE journal_anchors AS t SET seq = v.seq, before = v.before, at = v.at, chain = v.chain, key = v.key, mac = v.mac
FROM v WHERE t.tenant = any[v.tenant]
