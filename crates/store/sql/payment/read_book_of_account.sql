SELECT t.tenant, t.version FROM resources t WHERE t.id = ? AND t.kind = 20 LIMIT 1
