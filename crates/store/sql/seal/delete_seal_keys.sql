-- Purpose 1 is sealing. Parameters: the oldest key that stays.
DELETE FROM data_keys WHERE purpose = 1 AND id < ?
