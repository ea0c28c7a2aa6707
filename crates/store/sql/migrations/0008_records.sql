-- Codes are records of fields. A tag has one claim and leads to its code by id; tags of before, which were made of the
-- folded number, lie apart until a job has opened and tagged their codes again.
ALTER TABLE code_tags RENAME TO code_tags_before;
CREATE TABLE code_tags (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, exact {blob} NOT NULL, code {blob} NOT NULL,
    CONSTRAINT code_tags_by_tenant PRIMARY KEY (tenant, tag)
) {clustered};
CREATE TABLE code_lookups (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, code {blob} NOT NULL,
    CONSTRAINT code_lookups_pk PRIMARY KEY (tenant, tag, code)
) {clustered};
-- A pool's codes are sold in order and so stand on the same pages: with room there they change in place, and no index is
-- written again.
{postgres} ALTER TABLE codes SET (fillfactor = 50);
-- A code is found by its id, which is the end of its position, wherever it was moved.
CREATE UNIQUE INDEX codes_by_id ON codes (tenant, substr(position, 9));
ALTER TABLE codes ADD COLUMN source_line {int};
-- Rows of imports that were there before (kind 1) or may be twins (kind 2).
CREATE TABLE import_rows (
    tenant {blob} NOT NULL, import {blob} NOT NULL, kind {int} NOT NULL, line {int} NOT NULL, doubt {int},
    first {blob} NOT NULL, code {blob},
    CONSTRAINT import_rows_pk PRIMARY KEY (tenant, import, kind, line)
) {clustered};
CREATE TABLE import_plans (
    tenant {blob} NOT NULL, import {blob} NOT NULL, inspection TEXT, plan TEXT,
    CONSTRAINT import_plans_pk PRIMARY KEY (tenant, import)
) {clustered};
ALTER TABLE imports DROP COLUMN encoding;
ALTER TABLE imports ADD COLUMN doubts {int} NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN held {int} NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN verdict TEXT;
ALTER TABLE imports ADD COLUMN kept_until {int};
-- A file that was being read when the program changed is not read on by other rules: its import ends, and the cure is
-- to send it again.
INSERT INTO import_plans (tenant, import, inspection, plan)
SELECT tenant, id, NULL, 'before' FROM imports WHERE state = 2;
-- Work of kind 10, a job of each book.
INSERT INTO work (kind, tenant, subject, due_at, lease_until, attempts)
SELECT 10, tenant, tenant, 0, 0, 0 FROM tenants WHERE EXISTS (SELECT 1 FROM code_tags_before);
