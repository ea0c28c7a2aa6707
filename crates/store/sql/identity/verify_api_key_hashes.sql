-- SHA-256 has 32 bytes.
SELECT id FROM api_keys WHERE length(hash) <> 32 LIMIT 6
