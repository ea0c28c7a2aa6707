-- rows: tenant blob, id blob, part int, sealed blob
WITH v(tenant, id, part, sealed) AS (VALUES {rows})
INSERT INTO approval_parts (tenant, id, part, sealed)
SELECT tenant, id, part, sealed FROM v WHERE tenant IS NOT NULL
