SELECT t.origin, t.books, t.checkpoint, t.at, t.digest FROM journal_anchoring t WHERE t.id = 1 {lock}
