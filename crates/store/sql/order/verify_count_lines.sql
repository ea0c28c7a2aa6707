SELECT COUNT(*) FROM order_lines
