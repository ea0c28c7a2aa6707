-- rows: tenant blob, id blob, version int, data text, rank blob
WITH v(tenant, id, version, data, rank) AS (VALUES {rows})
INSERT INTO products (tenant, id, version, data, rank)
SELECT tenant, id, version, data, rank FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version, data = excluded.data, rank = excluded.rank
