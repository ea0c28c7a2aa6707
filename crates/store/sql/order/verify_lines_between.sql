SELECT tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold, codes, vouchers, content
FROM order_lines
WHERE (tenant, order_id) >= (?, ?) AND (tenant, order_id) <= (?, ?)
ORDER BY tenant, order_id, line
