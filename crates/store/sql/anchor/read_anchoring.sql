SELECT origin, books, checkpoint, at, digest FROM journal_anchoring WHERE id = 1
