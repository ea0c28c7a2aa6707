SELECT COALESCE(MAX(step), 0) FROM schema_steps
