SELECT t.id, t.tenant, t.hash, t.name, t.scopes, t.created_at, t.revoked_at,
    t.requests_per_minute, t.expires_at
FROM api_keys t WHERE t.tenant = ? AND t.id = ?
