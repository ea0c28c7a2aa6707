SELECT seq, checkpoint FROM journal_leaves WHERE tenant = ? ORDER BY seq
