-- What a payment through a channel of others has beside its row: the account that it is bound to, what was offered.
CREATE TABLE channel_payments (
    tenant {blob} NOT NULL, payment {blob} NOT NULL, account {blob} NOT NULL, fee_rate {int} NOT NULL, closes_at {int} NOT NULL,
    offer TEXT, reference TEXT,
    CONSTRAINT channel_payments_pk PRIMARY KEY (tenant, payment)
) {clustered};
-- What was said to a channel about a payment and what it said, masked.
CREATE TABLE channel_exchanges (
    tenant {blob} NOT NULL, payment {blob} NOT NULL, id {blob} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT channel_exchanges_pk PRIMARY KEY (tenant, payment, id)
) {clustered};
-- A channel's notice names an account and no book. It is of accounts alone, so that no other question about resources takes it.
CREATE INDEX payment_accounts_by_id ON resources (id) WHERE kind = 20;
