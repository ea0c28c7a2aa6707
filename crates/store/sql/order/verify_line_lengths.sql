-- A line lists 24 bytes for each piece that it delivered.
SELECT order_id FROM order_lines
WHERE length(codes) <> delivered * 24 OR delivered < 0 OR delivered > quantity OR quantity < 1 LIMIT 6
