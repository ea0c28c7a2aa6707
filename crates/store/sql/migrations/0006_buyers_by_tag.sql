-- A buyer is found by his tag alone, which is keyed with his tenant. Beside another key that begins with the tenant,
-- PostgreSQL walked all buyers of a tenant whenever that other index happened to be a level lower.
ALTER TABLE buyers RENAME TO buyers_before;
CREATE TABLE buyers (
    tag {blob} NOT NULL, tenant {blob} NOT NULL, id {blob} NOT NULL, sealed {blob} NOT NULL,
    created_at {int} NOT NULL,
    CONSTRAINT buyers_by_tag PRIMARY KEY (tag),
    CONSTRAINT buyers_by_tenant UNIQUE (tenant, id)
);
INSERT INTO buyers (tag, tenant, id, sealed, created_at)
SELECT tag, tenant, id, sealed, created_at FROM buyers_before;
DROP TABLE buyers_before;
