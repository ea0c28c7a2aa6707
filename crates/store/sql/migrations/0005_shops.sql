-- How a shop looks: the document, and beside it the logo's bytes, empty when it was taken away.
CREATE TABLE shops (
    tenant {blob} NOT NULL, data TEXT NOT NULL, logo {blob},
    CONSTRAINT shops_pk PRIMARY KEY (tenant)
) {clustered};
