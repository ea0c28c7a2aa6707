-- Acts of people that wait for a second person, or did; what is sealed of them stands apart and goes when it is over.
CREATE TABLE approvals (
    tenant {blob} NOT NULL, id {blob} NOT NULL, act {int} NOT NULL, requester {blob} NOT NULL, state {int} NOT NULL,
    created_at {int} NOT NULL, expires_at {int} NOT NULL, decided_by {blob}, decided_at {int}, data TEXT NOT NULL,
    CONSTRAINT approvals_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX approvals_by_state ON approvals (tenant, state, id);
CREATE INDEX approvals_by_requester ON approvals (tenant, requester, id);
CREATE TABLE approval_parts (
    tenant {blob} NOT NULL, id {blob} NOT NULL, part {int} NOT NULL, sealed {blob} NOT NULL,
    CONSTRAINT approval_parts_pk PRIMARY KEY (tenant, id, part)
) {clustered};
