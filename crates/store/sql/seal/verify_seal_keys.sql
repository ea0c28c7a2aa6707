-- Purpose 1 is sealing.
SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM data_keys WHERE purpose = 1
