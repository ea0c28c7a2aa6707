INSERT INTO database_name (id, name) VALUES (1, ?) ON CONFLICT DO NOTHING
