-- Parameters: fewest bytes, most bytes, first byte.
SELECT id FROM buyers
WHERE length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ? LIMIT 6
