-- rows: tenant blob, order_id blob, line int, sku blob, product blob, product_version int, quantity int, unit_price int, delivered int, refunded int, hold blob, codes blob, vouchers blob, content int
WITH v(tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes, vouchers, content) AS (VALUES {rows})
INSERT INTO order_lines (tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes, vouchers, content)
SELECT tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes, vouchers, content FROM v WHERE tenant IS NOT NULL
