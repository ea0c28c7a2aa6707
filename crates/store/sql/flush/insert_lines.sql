-- rows: tenant blob, order_id blob, line int, sku blob, product blob, product_version int, quantity int, unit_price int, delivered int, codes blob
WITH v(tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, codes) AS (VALUES {rows})
INSERT INTO order_lines (tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, codes)
SELECT tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, codes FROM v WHERE tenant IS NOT NULL
