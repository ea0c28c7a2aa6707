-- One and the same record under two codes: claims with one exact tag that lead to different codes.
SELECT exact FROM code_tags GROUP BY tenant, exact HAVING MIN(code) <> MAX(code) LIMIT 6
