-- One and the same record under two codes: claims with one exact tag that lead to different codes.
SELECT exact FROM code_tags GROUP BY tenant, exact HAVING COUNT(DISTINCT code) > 1 LIMIT 6
