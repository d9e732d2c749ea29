-- Writes recognised when they are sent again. `sealed_token` opens only with the key and the body.
CREATE TABLE idempotency_keys (
    tenant_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    sealed_token TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, site_id, key_hash)
);
