SELECT t.tenant FROM resources t WHERE t.id = ? AND t.kind = 20 LIMIT 1
