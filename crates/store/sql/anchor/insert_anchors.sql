-- rows: tenant blob, seq int, before int, at int, chain blob, key int, mac blob
WITH v(tenant, seq, before, at, chain, key, mac) AS (VALUES {rows})
INSERT INTO journal_anchors (tenant, seq, before, at, chain, key, mac)
SELECT tenant, seq, before, at, chain, key, mac FROM v WHERE tenant IS NOT NULL
ON CONFLICT DO NOTHING
