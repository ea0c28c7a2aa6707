-- rows: tenant blob, voucher blob, digits int, until int
WITH v(tenant, voucher, digits, until) AS (VALUES {rows})
INSERT INTO voucher_tokens (tenant, voucher, digits, until)
SELECT tenant, voucher, digits, until FROM v WHERE tenant IS NOT NULL
