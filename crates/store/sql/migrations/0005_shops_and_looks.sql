-- How a shop looks: the document, and beside it the logo's bytes, empty when it was taken away.
CREATE TABLE shops (
    tenant {blob} NOT NULL, data TEXT NOT NULL, logo {blob},
    CONSTRAINT shops_pk PRIMARY KEY (tenant)
) {clustered};
-- When the codes of an order were shown for the first time.
CREATE TABLE looks (
    tenant {blob} NOT NULL, order_id {blob} NOT NULL, at {int} NOT NULL,
    CONSTRAINT looks_pk PRIMARY KEY (tenant, order_id)
) {clustered};
