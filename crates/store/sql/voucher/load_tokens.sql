-- rows: tenant blob, voucher blob
WITH v(tenant, voucher) AS (VALUES {rows})
SELECT t.tenant, t.voucher, t.digits, t.until
FROM v CROSS JOIN voucher_tokens t WHERE t.tenant = any[v.tenant] AND t.voucher = v.voucher
