-- Parameters: fewest bytes, most bytes, first byte, oldest and newest key. What was set aside as damaged (9) may be
-- anything.
SELECT position FROM codes
WHERE state <> 9 AND (length(sealed) < ? OR length(sealed) > ? OR substr(sealed, 1, 1) <> ?
    OR substr(sealed, 2, 4) < ? OR substr(sealed, 2, 4) > ?) LIMIT 6
