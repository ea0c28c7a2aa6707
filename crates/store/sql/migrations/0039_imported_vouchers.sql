-- Whether a voucher's code came from a file; it is the code in stock that had the voucher's id.
ALTER TABLE vouchers ADD COLUMN imported {int} NOT NULL DEFAULT 0;
