-- rows: tenant blob, import blob, kind int, line int, doubt int, first blob, code blob
WITH v(tenant, import, kind, line, doubt, first, code) AS (VALUES {rows})
INSERT INTO import_rows (tenant, import, kind, line, doubt, first, code)
SELECT tenant, import, kind, line, doubt, first, code FROM v WHERE tenant IS NOT NULL
