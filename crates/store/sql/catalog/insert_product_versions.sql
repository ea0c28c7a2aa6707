-- rows: tenant blob, id blob, version int, data text
WITH v(tenant, id, version, data) AS (VALUES {rows})
INSERT INTO product_versions (tenant, id, version, data)
SELECT tenant, id, version, data FROM v WHERE tenant IS NOT NULL
