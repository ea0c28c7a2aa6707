INSERT INTO data_keys (id, purpose, wrapped, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
