INSERT INTO versions (subject, version, changed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
