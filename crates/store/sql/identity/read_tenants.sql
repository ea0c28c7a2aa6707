SELECT t.tenant, t.name, t.zone, COALESCE(v.version, 0), t.created_at
FROM tenants t LEFT JOIN versions v ON v.subject = t.tenant
WHERE t.tenant > ? AND t.tenant < ? ORDER BY t.tenant DESC LIMIT ?
