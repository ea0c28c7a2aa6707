-- What people configure. A body is JSON; keys are bytes in the order of their values.
-- How many there are of a kind: the row is the lock of its kind.
CREATE TABLE resource_heads (
    tenant {blob} NOT NULL, kind {int} NOT NULL, made {int} NOT NULL,
    CONSTRAINT resource_heads_pk PRIMARY KEY (tenant, kind)
) {clustered} {hot};
CREATE TABLE resources (
    tenant {blob} NOT NULL, kind {int} NOT NULL, id {blob} NOT NULL, version {int} NOT NULL, shape {int} NOT NULL, stamp {int} NOT NULL,
    created_at {int} NOT NULL, edited_at {int} NOT NULL, archived_at {int}, data TEXT NOT NULL,
    CONSTRAINT resources_pk PRIMARY KEY (tenant, kind, id)
);
-- What rules read has the tenant's version at its last change, everything else 0. No look-up by key can be led to this index.
CREATE INDEX resources_stamp ON resources (tenant, stamp) WHERE stamp > 0;
CREATE TABLE resource_versions (
    tenant {blob} NOT NULL, kind {int} NOT NULL, id {blob} NOT NULL, version {int} NOT NULL, shape {int} NOT NULL, stamp {int} NOT NULL,
    created_at {int} NOT NULL, edited_at {int} NOT NULL, archived_at {int}, data TEXT NOT NULL, actor {blob},
    CONSTRAINT resource_versions_pk PRIMARY KEY (tenant, kind, id, version)
);
-- A value of a unique key is inserted, never counted.
CREATE TABLE resource_claims (
    tenant {blob} NOT NULL, kind {int} NOT NULL, name TEXT NOT NULL, key {blob} NOT NULL, id {blob} NOT NULL,
    CONSTRAINT resource_claims_pk PRIMARY KEY (tenant, kind, name, key)
) {clustered};
CREATE TABLE resource_keys (
    tenant {blob} NOT NULL, kind {int} NOT NULL, name TEXT NOT NULL, key {blob} NOT NULL, id {blob} NOT NULL,
    CONSTRAINT resource_keys_pk PRIMARY KEY (tenant, kind, name, key, id)
) {clustered};
CREATE TABLE resource_secrets (
    tenant {blob} NOT NULL, kind {int} NOT NULL, id {blob} NOT NULL, field TEXT NOT NULL, sealed {blob} NOT NULL,
    CONSTRAINT resource_secrets_pk PRIMARY KEY (tenant, kind, id, field)
);
