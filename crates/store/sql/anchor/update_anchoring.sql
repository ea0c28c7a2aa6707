UPDATE journal_anchoring SET books = ?, checkpoint = ?, at = ?, digest = ? WHERE id = 1
