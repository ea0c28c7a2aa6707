-- Parameters: fewest bytes, most bytes, first byte.
SELECT id FROM data_keys
WHERE length(wrapped) < ? OR length(wrapped) > ? OR substr(wrapped, 1, 1) <> ? LIMIT 6
