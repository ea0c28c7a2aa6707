UPDATE journal_head SET seq = seq + ? WHERE id = 1
