-- rows: tenant blob
WITH v(tenant) AS (VALUES {rows})
SELECT t.tenant, t.seq FROM v CROSS JOIN followed t WHERE t.tenant = any[v.tenant] {lock}
