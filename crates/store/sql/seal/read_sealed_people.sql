-- Parameters: tenant and id of the last person, how many. Who sets an instance up has told nothing yet.
SELECT t.tenant, t.id, t.sealed FROM people t
WHERE (t.tenant, t.id) > (?, ?) AND length(t.sealed) > 0 ORDER BY t.tenant, t.id LIMIT ?
