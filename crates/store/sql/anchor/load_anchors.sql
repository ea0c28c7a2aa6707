-- rows: tenant blob
WITH v(tenant) AS (VALUES {rows})
SELECT t.tenant, t.seq, t.before, t.at, t.chain, t.key, t.mac
FROM v CROSS JOIN journal_anchors t WHERE t.tenant = any[v.tenant] {lock}
