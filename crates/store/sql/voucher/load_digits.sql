-- rows: tenant blob, digits int
WITH v(tenant, digits) AS (VALUES {rows})
SELECT t.tenant, t.digits, t.voucher
FROM v CROSS JOIN voucher_tokens t WHERE t.digits = any[v.digits] AND t.tenant = v.tenant
