SELECT (SELECT COUNT(*) FROM contents) + (SELECT COUNT(*) FROM order_lines WHERE content IS NOT NULL)
