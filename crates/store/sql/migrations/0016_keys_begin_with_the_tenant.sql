-- The rest of what step 13 began: codes, buyers, keys of the API and idempotency records. Rows of codes and buyers are
-- many: the next step brings them over, a slice at a time.
DROP INDEX codes_by_id;
ALTER TABLE codes RENAME TO codes_before;
{postgres} ALTER INDEX codes_pk RENAME TO codes_before_pk;
-- position is big-endian valid_until (8 bytes) and the code's id: the order in which a pool is sold. A code is found by
-- its id wherever it was moved; an index for that which began with the tenant too would lead planners astray (ADR 18).
CREATE TABLE codes (
    tenant {blob} NOT NULL, sku {blob} NOT NULL, position {blob} NOT NULL, batch {blob} NOT NULL,
    tag {blob} NOT NULL, sealed {blob} NOT NULL, state {int} NOT NULL, order_id {blob}, line {int}, source_line {int},
    CONSTRAINT codes_pk PRIMARY KEY (tenant, sku, position)
) {clustered} {hot};
{postgres} ALTER TABLE codes SET (fillfactor = 50);
CREATE INDEX codes_by_id ON codes (substr(position, 9), tenant);

-- A buyer is found by his tag. Who he is by id stands apart: beside a second key that begins with the tenant, PostgreSQL
-- walked all buyers of a tenant whenever that other index happened to be a level lower.
ALTER TABLE buyers RENAME TO buyers_before;
CREATE TABLE buyers (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, id {blob} NOT NULL, sealed {blob} NOT NULL,
    created_at {int} NOT NULL,
    CONSTRAINT buyers_pk PRIMARY KEY (tenant, tag)
) {clustered};
CREATE TABLE buyer_ids (
    tenant {blob} NOT NULL, id {blob} NOT NULL, tag {blob} NOT NULL,
    CONSTRAINT buyer_ids_pk PRIMARY KEY (tenant, id)
) {clustered};

-- How far rows are, by table: the key of the last one that was moved.
CREATE TABLE row_moves (
    name TEXT NOT NULL, last {blob} NOT NULL, moved {int} NOT NULL, total {int} NOT NULL,
    CONSTRAINT row_moves_pk PRIMARY KEY (name)
);
INSERT INTO row_moves (name, last, moved, total)
SELECT 'codes', CAST('' AS {blob}), 0, (SELECT COUNT(*) FROM codes_before);
INSERT INTO row_moves (name, last, moved, total)
SELECT 'buyers', CAST('' AS {blob}), 0, (SELECT COUNT(*) FROM buyers_before);

ALTER TABLE api_keys RENAME TO api_keys_before;
{postgres} ALTER INDEX api_keys_pk RENAME TO api_keys_before_pk;
CREATE TABLE api_keys (
    tenant {blob} NOT NULL, id {blob} NOT NULL, hash {blob} NOT NULL, name TEXT NOT NULL,
    scopes TEXT NOT NULL, created_at {int} NOT NULL, revoked_at {int}, requests_per_minute {int}, expires_at {int},
    CONSTRAINT api_keys_pk PRIMARY KEY (tenant, id)
) {clustered};
INSERT INTO api_keys (tenant, id, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at)
SELECT tenant, id, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at FROM api_keys_before;
DROP TABLE api_keys_before;
-- What leads from a key's hash or a link to its tenant is no key: an engine that holds tenants apart asks all of them.
CREATE INDEX api_keys_by_hash ON api_keys (hash);
DROP INDEX orders_link;
CREATE INDEX orders_by_link ON orders (link) WHERE link IS NOT NULL;

-- Records of before are kept until their generation ends.
ALTER TABLE idempotency_0 RENAME TO idempotency_0_before;
{postgres} ALTER INDEX idempotency_0_pk RENAME TO idempotency_0_before_pk;
ALTER TABLE idempotency_1 RENAME TO idempotency_1_before;
{postgres} ALTER INDEX idempotency_1_pk RENAME TO idempotency_1_before_pk;
CREATE TABLE idempotency_0 (
    tenant {blob} NOT NULL, key {blob} NOT NULL, fingerprint {blob} NOT NULL, kind {int} NOT NULL,
    subject {blob} NOT NULL, version {int} NOT NULL,
    CONSTRAINT idempotency_0_pk PRIMARY KEY (tenant, key)
) {clustered};
CREATE TABLE idempotency_1 (
    tenant {blob} NOT NULL, key {blob} NOT NULL, fingerprint {blob} NOT NULL, kind {int} NOT NULL,
    subject {blob} NOT NULL, version {int} NOT NULL,
    CONSTRAINT idempotency_1_pk PRIMARY KEY (tenant, key)
) {clustered};
