SELECT j.seq + 1 FROM journal j LEFT JOIN journal n ON n.seq = j.seq + 1
WHERE n.seq IS NULL AND j.seq < ? ORDER BY j.seq LIMIT 6
