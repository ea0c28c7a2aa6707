-- What a payment through a channel of others has beside its row: the account that it is bound to, the way, what was offered.
CREATE TABLE channel_payments (
    tenant {blob} NOT NULL, payment {blob} NOT NULL, account {blob} NOT NULL, way {int} NOT NULL, closes_at {int} NOT NULL,
    offer TEXT, reference TEXT,
    CONSTRAINT channel_payments_pk PRIMARY KEY (tenant, payment)
);
-- A channel's notice names an account and no book.
CREATE INDEX resources_by_id ON resources (id, kind);
