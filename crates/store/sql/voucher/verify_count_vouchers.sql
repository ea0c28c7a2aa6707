SELECT COUNT(*) FROM vouchers
