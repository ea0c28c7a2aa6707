-- rows: tenant blob, tag blob
WITH v(tenant, tag) AS (VALUES {rows})
SELECT t.tenant, t.tag, t.voucher
FROM v CROSS JOIN voucher_tags t WHERE t.tenant = any[v.tenant] AND t.tag = v.tag
