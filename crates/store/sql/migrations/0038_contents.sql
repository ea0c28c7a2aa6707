-- What buyers of a SKU share, in all its versions; the text is sealed. Numbers of a SKU's versions have no gaps.
CREATE TABLE contents (
    tenant {blob} NOT NULL, id {blob} NOT NULL, sku {blob} NOT NULL, number {int} NOT NULL, note TEXT, actor {blob},
    created_at {int} NOT NULL, sealed {blob} NOT NULL,
    CONSTRAINT contents_pk PRIMARY KEY (tenant, id),
    CONSTRAINT contents_number UNIQUE (tenant, sku, number)
) {clustered};
-- The version that a line delivered; null when it was taken back, and at lines of other kinds.
ALTER TABLE order_lines ADD COLUMN content {int};
