-- Every anchor. A walk over all books, for a checkpoint and for those who verify.
SELECT tenant, seq, before, at, chain, key, mac FROM journal_anchors ORDER BY tenant
