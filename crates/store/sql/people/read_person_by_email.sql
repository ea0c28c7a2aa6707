SELECT t.id, t.email, t.sealed, t.created_at, t.data
FROM people_emails e JOIN people t ON t.tenant = e.tenant AND t.id = e.id
WHERE e.tenant = ? AND e.tag = ?
