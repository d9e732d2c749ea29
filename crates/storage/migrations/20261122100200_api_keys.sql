-- Secret keys of programs (stock feeds, the operator's own). Only the SHA-256 is kept; `key_id` is the
-- name by which a key is listed and revoked, `scopes` one per line.
CREATE TABLE api_keys (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    key_id TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (tenant_id, key_id)
);
CREATE UNIQUE INDEX api_keys_by_hash ON api_keys (key_hash);
