-- What is told of orders behind the journal: by what they are found, which facts are theirs, and sums over time. All of it
-- follows from the journal; `followed` is the number up to which a book was read.
CREATE TABLE followed (
    tenant {blob} NOT NULL, seq {int} NOT NULL,
    CONSTRAINT followed_pk PRIMARY KEY (tenant)
) {clustered} {hot};
CREATE TABLE order_keys (
    tenant {blob} NOT NULL, name {int} NOT NULL, value {blob} NOT NULL, order_id {blob} NOT NULL,
    CONSTRAINT order_keys_pk PRIMARY KEY (tenant, name, value, order_id)
) {clustered};
CREATE TABLE order_facts (
    tenant {blob} NOT NULL, order_id {blob} NOT NULL, seq {int} NOT NULL,
    CONSTRAINT order_facts_pk PRIMARY KEY (tenant, order_id, seq)
) {clustered};
-- slot is the number of a quarter of an hour since 1970, currency 0 where orders are counted.
CREATE TABLE sums (
    tenant {blob} NOT NULL, slot {int} NOT NULL, name {int} NOT NULL, currency {int} NOT NULL, amount {int} NOT NULL,
    CONSTRAINT sums_pk PRIMARY KEY (tenant, slot, name, currency)
) {clustered} {hot};
