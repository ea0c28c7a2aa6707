SELECT t.id, t.api_key, t.status, t.at, t.data FROM request_log t WHERE t.tenant = ? AND t.id = ?
