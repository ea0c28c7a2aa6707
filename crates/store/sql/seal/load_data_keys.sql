SELECT id, purpose, wrapped FROM data_keys ORDER BY id
