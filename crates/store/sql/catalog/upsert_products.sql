-- rows: tenant blob, id blob, version int, data text
WITH v(tenant, id, version, data) AS (VALUES {rows})
INSERT INTO products (tenant, id, version, data)
SELECT tenant, id, version, data FROM v WHERE tenant IS NOT NULL ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version, data = excluded.data
