DROP TABLE journal_before;
DROP TABLE journal_head;
-- The name by which processes that keep what was acknowledged know this database again; drawn when it is first written.
CREATE TABLE database_name (
    id {int} NOT NULL, name {blob} NOT NULL,
    CONSTRAINT database_name_pk PRIMARY KEY (id)
);
