-- rows: tenant blob, order_id blob, line int, sku blob, product blob, product_version int, quantity int, unit_price int, delivered int, refunded int, hold blob, codes blob
WITH v(tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes) AS (VALUES {rows})
INSERT INTO order_lines (tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes)
SELECT tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes FROM v WHERE tenant IS NOT NULL
