INSERT INTO resources (tenant, kind, id, version, shape, stamp, created_at, edited_at, data)
VALUES (?, 1, ?, ?, 1, 0, ?, ?, ?)
