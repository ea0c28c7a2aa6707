-- Rows of a tenant begin with the tenant in every key that is unique. What has another key today steps aside; the next
-- step brings its rows over, a slice at a time.
-- A journal of each book, its numbers without gaps from 1; the head is its newest number and time. A row of before keeps
-- the number that it had while all books shared one journal.
CREATE TABLE journal_heads (
    tenant {blob} NOT NULL, seq {int} NOT NULL, at {int} NOT NULL,
    CONSTRAINT journal_heads_pk PRIMARY KEY (tenant)
) {clustered} {hot};
ALTER TABLE journal RENAME TO journal_before;
{postgres} ALTER INDEX journal_pk RENAME TO journal_before_pk;
CREATE TABLE journal (
    tenant {blob} NOT NULL, seq {int} NOT NULL, at {int} NOT NULL, request {blob} NOT NULL, actor {blob},
    kind TEXT NOT NULL, v {int} NOT NULL, subject {blob} NOT NULL, data TEXT NOT NULL, before {int},
    CONSTRAINT journal_pk PRIMARY KEY (tenant, seq)
);
