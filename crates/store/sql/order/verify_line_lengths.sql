-- A line lists 24 bytes for each code that it delivered, 16 for each voucher, or a version of what is shared.
SELECT order_id FROM order_lines
WHERE length(codes) * 2 + CASE WHEN vouchers IS NULL THEN 0 ELSE length(vouchers) * 3 END + CASE WHEN content IS NULL THEN 0 ELSE 48 END <> delivered * 48 OR delivered < 0 OR delivered > quantity OR quantity < 1 LIMIT 6
