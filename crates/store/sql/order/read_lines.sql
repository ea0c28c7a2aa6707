-- rows: tenant blob, order_id blob
WITH v(tenant, order_id) AS (VALUES {rows})
SELECT t.tenant, t.order_id, t.line, t.sku, t.product, t.product_version, t.quantity, t.unit_price, t.delivered, t.refunded, t.hold, t.codes, t.vouchers, t.content
FROM v CROSS JOIN order_lines t WHERE t.tenant = any[v.tenant] AND t.order_id = any[v.order_id]
