-- Tokens of these digits, also those that are over.
SELECT tenant, voucher, digits, until FROM voucher_tokens WHERE digits = ? AND tenant = ?
