-- Pictures of resources: their bytes lie apart from the bodies.
CREATE TABLE resource_pictures (
    tenant {blob} NOT NULL, kind {int} NOT NULL, id {blob} NOT NULL, field TEXT NOT NULL, hash TEXT NOT NULL, bytes {blob} NOT NULL,
    CONSTRAINT resource_pictures_pk PRIMARY KEY (tenant, kind, id, field)
);
