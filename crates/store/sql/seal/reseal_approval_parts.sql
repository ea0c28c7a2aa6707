-- rows: tenant blob, id blob, part int, old blob, sealed blob
WITH v(tenant, id, part, old, sealed) AS (VALUES {rows})
UPDATE approval_parts AS t SET sealed = v.sealed
FROM v WHERE t.tenant = any[v.tenant] AND t.id = v.id AND t.part = v.part AND v.old = t.sealed
