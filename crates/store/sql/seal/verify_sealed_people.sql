-- Parameters: fewest bytes, most bytes, first byte, oldest and newest key. Who sets an instance up has told nothing yet.
SELECT id FROM people
WHERE length(sealed) > 0 AND (length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ?
    OR substr(sealed, 2, 4) < ? OR substr(sealed, 2, 4) > ?) LIMIT 6
