-- Parameters: fewest bytes, most bytes, first byte.
SELECT position FROM codes
WHERE length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ? LIMIT 6
