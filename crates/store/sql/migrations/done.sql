INSERT INTO schema_steps (step, at) VALUES (?, ?)
