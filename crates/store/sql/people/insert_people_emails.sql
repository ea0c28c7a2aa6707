-- rows: tenant blob, tag blob, id blob
WITH v(tenant, tag, id) AS (VALUES {rows})
INSERT INTO people_emails (tenant, tag, id)
SELECT tenant, tag, id FROM v WHERE tenant IS NOT NULL
