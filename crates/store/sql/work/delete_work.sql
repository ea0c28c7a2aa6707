-- rows: kind int, tenant blob, subject blob
WITH v(kind, tenant, subject) AS (VALUES {rows})
DELETE FROM work WHERE (kind, tenant, subject) IN (SELECT kind, tenant, subject FROM v)
