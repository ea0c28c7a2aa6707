-- Damaged codes in a row before the next code of a pool, and the bytes of the largest sealed code that ever came in:
-- before this step it was a length of two bytes, number and password of 512 characters of four bytes each, and a seal.
ALTER TABLE pools ADD COLUMN damaged_row {int} NOT NULL DEFAULT 0;
ALTER TABLE pools ADD COLUMN largest {int} NOT NULL DEFAULT 4131;
