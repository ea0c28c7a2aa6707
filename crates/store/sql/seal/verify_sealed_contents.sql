-- Parameters: fewest bytes, most bytes, first byte, oldest and newest key.
SELECT id FROM contents
WHERE length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ?
    OR substr(sealed, 2, 4) < ? OR substr(sealed, 2, 4) > ? LIMIT 6
