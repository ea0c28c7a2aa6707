SELECT name FROM database_name WHERE id = 1
