-- rows: tenant blob, id blob, part int
WITH v(tenant, id, part) AS (VALUES {rows})
DELETE FROM approval_parts WHERE (tenant, id, part) IN (SELECT tenant, id, part FROM v WHERE tenant IS NOT NULL)
