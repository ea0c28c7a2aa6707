-- rows: tenant blob, import blob, number int, sealed blob
WITH v(tenant, import, number, sealed) AS (VALUES {rows})
INSERT INTO staged_chunks (tenant, import, number, sealed)
SELECT tenant, import, number, sealed FROM v WHERE tenant IS NOT NULL
