-- Parameters: fewest bytes, most bytes, first byte.
SELECT import FROM staged_chunks
WHERE length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ? LIMIT 6
