-- A line lists 24 bytes for each code that it delivered, or 16 for each voucher.
SELECT order_id FROM order_lines
WHERE length(codes) * 2 + CASE WHEN vouchers IS NULL THEN 0 ELSE length(vouchers) * 3 END <> delivered * 48 OR delivered < 0 OR delivered > quantity OR quantity < 1 LIMIT 6
