SELECT COUNT(*) FROM receipts
