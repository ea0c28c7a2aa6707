-- rows: tenant blob, seq int
WITH v(tenant, seq) AS (VALUES {rows})
INSERT INTO followed (tenant, seq)
SELECT tenant, seq FROM v WHERE tenant IS NOT NULL
ON CONFLICT (tenant) DO UPDATE SET seq = excluded.seq
