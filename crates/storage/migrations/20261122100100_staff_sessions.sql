-- A cookie's token is kept only as its SHA-256, and comes without a tenant. `expires_at` moves on with
-- use, up to the session's longest life.
CREATE TABLE staff_sessions (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, staff_id)
);
CREATE INDEX staff_sessions_by_token ON staff_sessions (token_hash);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (tenant_id, staff_id);
CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires_at);
