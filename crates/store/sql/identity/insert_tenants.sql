-- rows: tenant blob, name text, zone text, created_at int
WITH v(tenant, name, zone, created_at) AS (VALUES {rows})
INSERT INTO tenants (tenant, name, zone, created_at)
SELECT tenant, name, zone, created_at FROM v WHERE tenant IS NOT NULL
