-- Names of services, brands and appointment subjects, per language.
CREATE TABLE labels (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    locale TEXT NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, code, locale)
);
