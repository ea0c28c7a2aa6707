-- What went over is counted and has its first version.
INSERT INTO resource_heads (tenant, kind, made) SELECT tenant, kind, 1 FROM resources WHERE kind = 1;
INSERT INTO resource_versions (tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data)
SELECT tenant, kind, id, version, shape, stamp, created_at, edited_at, archived_at, data FROM resources WHERE kind = 1;
DROP TABLE shops;
