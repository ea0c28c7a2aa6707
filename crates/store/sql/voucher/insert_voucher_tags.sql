-- rows: tenant blob, tag blob, voucher blob
WITH v(tenant, tag, voucher) AS (VALUES {rows})
INSERT INTO voucher_tags (tenant, tag, voucher)
SELECT tenant, tag, voucher FROM v WHERE tenant IS NOT NULL
