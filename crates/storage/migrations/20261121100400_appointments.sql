-- The private link's secret is kept only as its SHA-256. Personal data stands in a table of its own,
-- so that it can be exported, erased and kept for its own time.
CREATE TABLE appointments (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    site_id TEXT NOT NULL,
    store_code TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    subject TEXT,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, store_code) REFERENCES stores (tenant_id, store_code)
);
CREATE INDEX appointments_by_token ON appointments (token_hash);
CREATE TABLE appointment_contacts (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    note TEXT,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, token_hash) REFERENCES appointments (tenant_id, token_hash)
);
