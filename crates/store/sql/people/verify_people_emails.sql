-- People with an address less the places where they are found by it.
SELECT id FROM (
    SELECT tenant, id, email AS tag, 1 AS n FROM people WHERE email IS NOT NULL
    UNION ALL
    SELECT tenant, id, tag, -1 FROM people_emails
) m
GROUP BY tenant, id, tag HAVING SUM(n) <> 0 LIMIT 6
