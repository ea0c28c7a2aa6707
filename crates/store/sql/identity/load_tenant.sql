SELECT t.name, t.zone, t.created_at FROM tenants t WHERE t.tenant = ?
