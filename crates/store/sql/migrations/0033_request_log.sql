-- Requests that programs sent of late. Nothing refers to them, and they go after seven days.
CREATE TABLE request_log (
    tenant {blob} NOT NULL, id {blob} NOT NULL, api_key {blob} NOT NULL, status {int} NOT NULL, at {int} NOT NULL, data TEXT NOT NULL,
    CONSTRAINT request_log_pk PRIMARY KEY (tenant, id)
);
CREATE INDEX request_log_by_id ON request_log (id);
