-- Vouchers: what is left of each is the lock on which redemptions meet. Nothing of a code is kept but its tag.
CREATE TABLE vouchers (
    tenant {blob} NOT NULL, id {blob} NOT NULL, sku {blob} NOT NULL, order_id {blob}, line {int}, counts {int} NOT NULL,
    currency {int} NOT NULL, total {int} NOT NULL, remaining {int} NOT NULL, price {int} NOT NULL, unearned {int} NOT NULL,
    state {int} NOT NULL, valid_from {int} NOT NULL, valid_until {int} NOT NULL, on_expiry {int} NOT NULL, live {int} NOT NULL,
    created_at {int} NOT NULL,
    CONSTRAINT vouchers_pk PRIMARY KEY (tenant, id)
) {clustered};
{postgres} ALTER TABLE vouchers SET (fillfactor = 80);
-- What is effective, by when its time is over.
CREATE INDEX vouchers_by_end ON vouchers (sku, valid_until, id, tenant) WHERE state = 1;
CREATE TABLE voucher_tags (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, voucher {blob} NOT NULL,
    CONSTRAINT voucher_tags_pk PRIMARY KEY (tenant, tag)
) {clustered};
CREATE TABLE redemptions (
    tenant {blob} NOT NULL, id {blob} NOT NULL, voucher {blob} NOT NULL, sku {blob} NOT NULL, store {blob}, counts {int} NOT NULL,
    currency {int} NOT NULL, taken {int} NOT NULL, remaining {int} NOT NULL, earned {int} NOT NULL, at {int} NOT NULL,
    reversed_at {int},
    CONSTRAINT redemptions_pk PRIMARY KEY (tenant, id)
) {clustered};
CREATE INDEX redemptions_by_voucher ON redemptions (voucher, id, tenant);
CREATE INDEX redemptions_by_store ON redemptions (store, id, tenant) WHERE store IS NOT NULL;
-- The vouchers that a line delivered, 16 bytes each; none at lines of codes.
ALTER TABLE order_lines ADD COLUMN vouchers {blob};
