-- Lists that are written to files behind a request. The files lie in the store of files.
CREATE TABLE exports (
    tenant {blob} NOT NULL, id {blob} NOT NULL, requester {blob} NOT NULL, state {int} NOT NULL, created_at {int} NOT NULL,
    data TEXT NOT NULL,
    CONSTRAINT exports_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX exports_by_requester ON exports (tenant, requester, id);
