-- rows: tenant blob, id blob, tag blob
WITH v(tenant, id, tag) AS (VALUES {rows})
INSERT INTO buyer_ids (tenant, id, tag)
SELECT tenant, id, tag FROM v WHERE tenant IS NOT NULL
