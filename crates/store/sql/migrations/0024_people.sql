-- People who sign in. All are the operator's rows; where they work stands in the merchants' resources.
CREATE TABLE people (
    tenant {blob} NOT NULL, id {blob} NOT NULL, email {blob}, sealed {blob} NOT NULL, created_at {int} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT people_pk PRIMARY KEY (tenant, id)
) {hot};
-- Who has a mail address, by its tag.
CREATE TABLE people_emails (
    tenant {blob} NOT NULL, tag {blob} NOT NULL, id {blob} NOT NULL,
    CONSTRAINT people_emails_pk PRIMARY KEY (tenant, tag)
) {clustered};
-- What things cost was seen by whoever read products; from now on it wants a scope of its own.
UPDATE api_keys SET scopes = scopes || ' costs:read' WHERE ' ' || scopes || ' ' LIKE '% catalog:read %'
    AND ' ' || scopes || ' ' NOT LIKE '% costs:read %';
