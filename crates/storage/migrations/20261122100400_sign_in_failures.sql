-- How often a sign-in has failed of late, by what was typed and not by account: a login that nobody has
-- is locked like any other, so that a lock does not tell which exist. `tenant_id` is empty when none was
-- typed, and the login is kept only as its SHA-256, since people type passwords there by mistake.
CREATE TABLE sign_in_failures (
    tenant_id TEXT NOT NULL,
    login_hash TEXT NOT NULL,
    failed_count BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, login_hash)
);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_at);
