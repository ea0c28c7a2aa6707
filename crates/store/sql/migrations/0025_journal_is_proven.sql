-- What proves the facts of a batch stands with its last one in each book; the address is that of who acts with a key.
ALTER TABLE journal ADD COLUMN address {blob};
ALTER TABLE journal ADD COLUMN proof {blob};
-- Where the chain of each book stands. Facts that are there already are linked in the background, from the first on.
CREATE TABLE journal_anchors (
    tenant {blob} NOT NULL, seq {int} NOT NULL, before {int} NOT NULL, at {int} NOT NULL, chain {blob} NOT NULL,
    key {int} NOT NULL, mac {blob} NOT NULL,
    CONSTRAINT journal_anchors_pk PRIMARY KEY (tenant)
) {clustered} {hot};
INSERT INTO journal_anchors (tenant, seq, before, at, chain, key, mac)
SELECT tenant, 0, seq, 0, CAST('' AS {blob}), 0, CAST('' AS {blob}) FROM journal_heads WHERE seq > 0;
-- Up to which fact a book stands in a checkpoint; a book that did not change since the one before has no row for it.
CREATE TABLE journal_leaves (
    tenant {blob} NOT NULL, seq {int} NOT NULL, checkpoint {int} NOT NULL,
    CONSTRAINT journal_leaves_pk PRIMARY KEY (tenant, seq)
) {clustered};
-- One row about all books.
CREATE TABLE journal_anchoring (
    id {int} NOT NULL, origin {int} NOT NULL, books {int} NOT NULL, checkpoint {int} NOT NULL, at {int} NOT NULL,
    digest {blob} NOT NULL,
    CONSTRAINT journal_anchoring_pk PRIMARY KEY (id)
);
INSERT INTO journal_anchoring (id, origin, books, checkpoint, at, digest)
SELECT 1, COALESCE(MAX(at), 0), COUNT(*), 0, 0, CAST('' AS {blob}) FROM journal_heads WHERE seq > 0;
