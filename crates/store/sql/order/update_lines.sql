-- rows: tenant blob, order_id blob, line int, delivered int, refunded int, codes blob, vouchers blob, content int
WITH v(tenant, order_id, line, delivered, refunded, codes, vouchers, content) AS (VALUES {rows})
UPDATE order_lines AS t SET delivered = v.delivered, refunded = v.refunded, codes = v.codes, vouchers = v.vouchers, content = v.content
FROM v WHERE t.tenant = any[v.tenant] AND t.order_id = v.order_id AND t.line = v.line
