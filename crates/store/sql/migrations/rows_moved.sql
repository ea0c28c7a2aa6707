SELECT last, moved, total FROM row_moves WHERE name = ?
