SELECT COUNT(*) FROM (
    SELECT 1 AS unit_of_a_book FROM accounts
    GROUP BY tenant, unit, CASE WHEN unit = 0 THEN owner ELSE tenant END
) u
