-- Who did what. Only ever added to, until a row is old. `detail` is a JSON object of texts without
-- personal data: people are named by their ids. `audit_id` is random, since several entries share an instant.
CREATE TABLE audit_log (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    at BIGINT NOT NULL,
    audit_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    store_code TEXT,
    detail TEXT NOT NULL,
    PRIMARY KEY (tenant_id, at, audit_id)
);
CREATE INDEX audit_log_by_store ON audit_log (tenant_id, store_code, at, audit_id);
CREATE INDEX audit_log_by_age ON audit_log (at);
