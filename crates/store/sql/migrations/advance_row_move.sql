UPDATE row_moves SET last = ?, moved = moved + ? WHERE name = ?
