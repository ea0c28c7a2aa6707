INSERT INTO resource_pictures (tenant, kind, id, field, hash, bytes)
VALUES (?, 1, ?, 'logo', ?, (SELECT s.logo FROM shops s WHERE s.tenant = ?))
