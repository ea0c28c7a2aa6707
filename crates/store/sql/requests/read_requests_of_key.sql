-- Parameters: tenant, before which id, after which id, from which status, to which status, key, how many.
SELECT t.id, t.api_key, t.status, t.at, t.data FROM request_log t
WHERE t.tenant = ? AND t.id < ? AND t.id > ? AND t.status >= ? AND t.status < ? AND t.api_key = ?
ORDER BY t.tenant DESC, t.id DESC LIMIT ?
