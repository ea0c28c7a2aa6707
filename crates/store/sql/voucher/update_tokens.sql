-- rows: tenant blob, voucher blob, digits int, until int
WITH v(tenant, voucher, digits, until) AS (VALUES {rows})
UPDATE voucher_tokens AS t SET digits = v.digits, until = v.until
FROM v WHERE t.tenant = any[v.tenant] AND t.voucher = v.voucher
