-- The core: configuration, buyers, ledger, codes, orders, idempotency, journal, work.
-- No foreign keys on hot tables (verify checks them). Times are microseconds; ids are 16 bytes.

CREATE TABLE data_keys (
    id {int} NOT NULL, purpose {int} NOT NULL, wrapped {blob} NOT NULL, created_at {int} NOT NULL,
    CONSTRAINT data_keys_pk PRIMARY KEY (id)
);

-- The row that a batch locks, shared or exclusive, for each configuration it uses.
CREATE TABLE versions (
    subject {blob} NOT NULL, version {int} NOT NULL, changed_at {int} NOT NULL,
    CONSTRAINT versions_pk PRIMARY KEY (subject)
) {clustered};

CREATE TABLE tenants (
    tenant {blob} NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL, created_at {int} NOT NULL,
    CONSTRAINT tenants_pk PRIMARY KEY (tenant)
) {clustered};

CREATE TABLE api_keys (
    id {blob} NOT NULL, tenant {blob} NOT NULL, hash {blob} NOT NULL, name TEXT NOT NULL,
    scopes TEXT NOT NULL, created_at {int} NOT NULL, revoked_at {int},
    CONSTRAINT api_keys_pk PRIMARY KEY (id),
    CONSTRAINT api_keys_hash UNIQUE (hash)
);
CREATE INDEX api_keys_tenant ON api_keys (tenant, id);

-- data is the product with its SKUs as one document; product_versions keeps every version that was sold.
CREATE TABLE products (
    tenant {blob} NOT NULL, id {blob} NOT NULL, version {int} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT products_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX products_version ON products (tenant, version);
CREATE TABLE product_versions (
    tenant {blob} NOT NULL, id {blob} NOT NULL, version {int} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT product_versions_pk PRIMARY KEY (tenant, id, version)
);
CREATE TABLE skus (
    tenant {blob} NOT NULL, id {blob} NOT NULL, product {blob} NOT NULL,
    CONSTRAINT skus_pk PRIMARY KEY (tenant, id)
) {clustered};

CREATE TABLE buyers (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, id {blob} NOT NULL, sealed {blob} NOT NULL,
    created_at {int} NOT NULL,
    CONSTRAINT buyers_pk PRIMARY KEY (tenant, tag),
    CONSTRAINT buyers_id UNIQUE (tenant, id)
);

CREATE TABLE accounts (
    tenant {blob} NOT NULL, id {blob} NOT NULL, owner {blob} NOT NULL, kind {int} NOT NULL,
    unit {int} NOT NULL, balance {int} NOT NULL, held {int} NOT NULL, last_transfer {blob},
    CONSTRAINT accounts_pk PRIMARY KEY (tenant, id)
) {clustered} {hot};

CREATE TABLE transfers (
    tenant {blob} NOT NULL, id {blob} NOT NULL, debit {blob} NOT NULL, credit {blob} NOT NULL,
    amount {int} NOT NULL, unit {int} NOT NULL, reason {int} NOT NULL, subject {blob} NOT NULL,
    at {int} NOT NULL, debit_previous {blob}, credit_previous {blob},
    debit_balance {int}, credit_balance {int},
    CONSTRAINT transfers_pk PRIMARY KEY (tenant, id),
    CONSTRAINT transfers_positive CHECK (amount > 0)
) {clustered};

CREATE TABLE holds (
    tenant {blob} NOT NULL, id {blob} NOT NULL, debit_owner {blob} NOT NULL, debit_kind {int} NOT NULL,
    credit_owner {blob} NOT NULL, credit_kind {int} NOT NULL, unit {int} NOT NULL,
    amount {int} NOT NULL, posted {int} NOT NULL, state {int} NOT NULL, at {int} NOT NULL,
    CONSTRAINT holds_pk PRIMARY KEY (tenant, id)
) {clustered};

CREATE TABLE counters (
    tenant {blob} NOT NULL, scope {blob} NOT NULL, subject {blob} NOT NULL, window_start {int} NOT NULL,
    used {int} NOT NULL,
    CONSTRAINT counters_pk PRIMARY KEY (tenant, scope, subject, window_start)
) {clustered} {hot};

CREATE TABLE pools (
    tenant {blob} NOT NULL, sku {blob} NOT NULL, low {blob} NOT NULL, swept {blob} NOT NULL,
    CONSTRAINT pools_pk PRIMARY KEY (tenant, sku)
) {clustered} {hot};

CREATE TABLE code_tags (
    tag {blob} NOT NULL,
    CONSTRAINT code_tags_pk PRIMARY KEY (tag)
) {clustered};

-- position is big-endian valid_until (8 bytes) and the code's id: the order in which a pool is sold.
CREATE TABLE codes (
    sku {blob} NOT NULL, position {blob} NOT NULL, tenant {blob} NOT NULL, batch {blob} NOT NULL,
    tag {blob} NOT NULL, sealed {blob} NOT NULL, state {int} NOT NULL, order_id {blob}, line {int},
    CONSTRAINT codes_pk PRIMARY KEY (sku, position)
) {clustered} {hot};

CREATE TABLE imports (
    tenant {blob} NOT NULL, id {blob} NOT NULL, sku {blob} NOT NULL, batch {blob} NOT NULL, name TEXT,
    supplier TEXT, unit_cost {int}, cost_currency {int}, settings TEXT NOT NULL,
    encoding {int} NOT NULL, state {int} NOT NULL, chunks {int} NOT NULL, bytes {int} NOT NULL,
    records {int} NOT NULL, accepted {int} NOT NULL, duplicates {int} NOT NULL, errors {int} NOT NULL,
    failure TEXT, created_at {int} NOT NULL, finished_at {int},
    CONSTRAINT imports_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX imports_batch ON imports (batch, tenant);
CREATE TABLE staged_chunks (
    tenant {blob} NOT NULL, import {blob} NOT NULL, number {int} NOT NULL, sealed {blob} NOT NULL,
    CONSTRAINT staged_chunks_pk PRIMARY KEY (tenant, import, number)
);
CREATE TABLE import_errors (
    tenant {blob} NOT NULL, import {blob} NOT NULL, line {int} NOT NULL, field TEXT NOT NULL,
    cause TEXT NOT NULL,
    CONSTRAINT import_errors_pk PRIMARY KEY (tenant, import, line)
) {clustered};

CREATE TABLE orders (
    tenant {blob} NOT NULL, id {blob} NOT NULL, buyer {blob} NOT NULL, channel {int} NOT NULL,
    external_id TEXT, currency {int} NOT NULL, total {int} NOT NULL, paid {int} NOT NULL,
    refunded {int} NOT NULL, created_at {int} NOT NULL, expires_at {int}, closed {int}, payment {blob},
    link {blob}, visit {blob},
    CONSTRAINT orders_pk PRIMARY KEY (tenant, id)
) {clustered};
CREATE UNIQUE INDEX orders_external_id ON orders (tenant, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX orders_link ON orders (link) WHERE link IS NOT NULL;
CREATE TABLE order_lines (
    tenant {blob} NOT NULL, order_id {blob} NOT NULL, line {int} NOT NULL, sku {blob} NOT NULL,
    product {blob} NOT NULL, product_version {int} NOT NULL, quantity {int} NOT NULL,
    unit_price {int} NOT NULL, delivered {int} NOT NULL, refunded {int} NOT NULL, hold {blob},
    codes {blob} NOT NULL,
    CONSTRAINT order_lines_pk PRIMARY KEY (tenant, order_id, line)
) {clustered};

-- Attempts to pay, what came in for them, and what goes back. A receipt is known by the channel's number.
CREATE TABLE payments (
    tenant {blob} NOT NULL, id {blob} NOT NULL, order_id {blob} NOT NULL, method {int} NOT NULL,
    currency {int} NOT NULL, amount {int} NOT NULL, state {int} NOT NULL, channel_number TEXT,
    created_at {int} NOT NULL, ended_at {int},
    CONSTRAINT payments_pk PRIMARY KEY (tenant, id)
) {clustered};
CREATE INDEX payments_order ON payments (tenant, order_id, id);
CREATE TABLE receipts (
    tenant {blob} NOT NULL, method {int} NOT NULL, number TEXT NOT NULL, payment {blob} NOT NULL,
    order_id {blob} NOT NULL, currency {int} NOT NULL, amount {int} NOT NULL, applied {int} NOT NULL,
    at {int} NOT NULL,
    CONSTRAINT receipts_pk PRIMARY KEY (tenant, method, number)
) {clustered};
CREATE TABLE refunds (
    tenant {blob} NOT NULL, id {blob} NOT NULL, order_id {blob} NOT NULL, payment {blob}, receipt TEXT,
    method {int} NOT NULL, currency {int} NOT NULL, amount {int} NOT NULL, loss {int} NOT NULL,
    cause {int} NOT NULL, reason TEXT, overridden {int} NOT NULL, state {int} NOT NULL,
    lines TEXT NOT NULL, created_at {int} NOT NULL, ended_at {int},
    CONSTRAINT refunds_pk PRIMARY KEY (tenant, id)
) {clustered};
CREATE INDEX refunds_order ON refunds (tenant, order_id, id);
-- What the test channel has to tell.
CREATE TABLE test_notices (
    tenant {blob} NOT NULL, id {blob} NOT NULL, payment {blob} NOT NULL, order_id {blob} NOT NULL,
    currency {int} NOT NULL, amount {int}, at {int} NOT NULL,
    CONSTRAINT test_notices_pk PRIMARY KEY (tenant, id)
) {clustered};

-- Two generations; the lowest bit of the generation's number says which one is written.
CREATE TABLE idempotency_0 (
    key {blob} NOT NULL, fingerprint {blob} NOT NULL, kind {int} NOT NULL, subject {blob} NOT NULL,
    version {int} NOT NULL,
    CONSTRAINT idempotency_0_pk PRIMARY KEY (key)
) {clustered};
CREATE TABLE idempotency_1 (
    key {blob} NOT NULL, fingerprint {blob} NOT NULL, kind {int} NOT NULL, subject {blob} NOT NULL,
    version {int} NOT NULL,
    CONSTRAINT idempotency_1_pk PRIMARY KEY (key)
) {clustered};

CREATE TABLE journal_head (
    id {int} NOT NULL, seq {int} NOT NULL,
    CONSTRAINT journal_head_pk PRIMARY KEY (id)
) {hot};
INSERT INTO journal_head (id, seq) VALUES (1, 0);
CREATE TABLE journal (
    seq {int} NOT NULL, tenant {blob} NOT NULL, at {int} NOT NULL, request {blob} NOT NULL, actor {blob},
    kind TEXT NOT NULL, v {int} NOT NULL, subject {blob} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT journal_pk PRIMARY KEY (seq)
);
CREATE INDEX journal_tenant ON journal (tenant, seq);

CREATE TABLE work (
    kind {int} NOT NULL, tenant {blob} NOT NULL, subject {blob} NOT NULL, due_at {int} NOT NULL,
    lease_until {int} NOT NULL, attempts {int} NOT NULL,
    CONSTRAINT work_pk PRIMARY KEY (kind, tenant, subject)
) {clustered} {hot};
CREATE INDEX work_due ON work (due_at, kind, tenant, subject);
