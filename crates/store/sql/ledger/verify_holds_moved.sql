-- What holds posted less what moved for them (reason 6).
SELECT id FROM (
    SELECT tenant, id, posted AS amount FROM holds
    UNION ALL
    SELECT tenant, subject, -amount FROM transfers WHERE reason = 6
) m
GROUP BY tenant, id HAVING SUM(amount) <> 0 LIMIT 6
