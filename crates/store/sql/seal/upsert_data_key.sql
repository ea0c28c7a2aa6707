INSERT INTO data_keys (id, purpose, wrapped, created_at) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped
