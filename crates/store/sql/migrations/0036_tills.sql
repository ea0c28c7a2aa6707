-- Vouchers at the till: tokens that live a minute, runs to print, who redeemed, and devices of stores.
ALTER TABLE vouchers ADD COLUMN use_days {int} NOT NULL DEFAULT 0;
ALTER TABLE redemptions ADD COLUMN actor {blob};
-- One token a voucher at a time; the row stays when it is over, and the next one takes its place.
CREATE TABLE voucher_tokens (
    tenant {blob} NOT NULL, voucher {blob} NOT NULL, digits {int} NOT NULL, until {int} NOT NULL,
    CONSTRAINT voucher_tokens_pk PRIMARY KEY (tenant, voucher)
) {clustered};
CREATE INDEX voucher_tokens_by_digits ON voucher_tokens (digits, tenant);
-- Vouchers that are made together; their ids follow the first one's.
CREATE TABLE voucher_runs (
    tenant {blob} NOT NULL, id {blob} NOT NULL, sku {blob} NOT NULL, first {blob} NOT NULL, quantity {int} NOT NULL,
    made {int} NOT NULL, state {int} NOT NULL, created_at {int} NOT NULL, ended_at {int}, live {int} NOT NULL,
    CONSTRAINT voucher_runs_pk PRIMARY KEY (tenant, id)
) {clustered};
-- Devices of stores; a device's pairing code follows from its id, and its tag finds it.
CREATE TABLE devices (
    tenant {blob} NOT NULL, id {blob} NOT NULL, store {blob} NOT NULL, name TEXT NOT NULL, state {int} NOT NULL, tag {blob} NOT NULL,
    code_until {int} NOT NULL, paired_at {int}, tries {int} NOT NULL, unlocked_until {int} NOT NULL, created_at {int} NOT NULL,
    CONSTRAINT devices_pk PRIMARY KEY (tenant, id)
) {clustered};
