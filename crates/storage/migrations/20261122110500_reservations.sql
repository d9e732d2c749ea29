-- `due_at` is when time is up in the present state; none when that is an end. The private link's secret is kept as its
-- SHA-256 only.
CREATE TABLE reservations (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    pickup_code TEXT NOT NULL,
    site_id TEXT NOT NULL,
    payment TEXT NOT NULL,
    state TEXT NOT NULL,
    location_code TEXT NOT NULL,
    leg BIGINT NOT NULL,
    due_at BIGINT,
    ready_from BIGINT,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, reservation_id)
);
CREATE UNIQUE INDEX reservations_by_token ON reservations (token_hash);
CREATE UNIQUE INDEX reservations_by_code ON reservations (tenant_id, pickup_code);
CREATE INDEX reservations_by_due ON reservations (due_at);
CREATE INDEX reservations_by_location ON reservations (tenant_id, location_code, state);
CREATE TABLE reservation_lines (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    amount BIGINT,
    currency TEXT,
    PRIMARY KEY (tenant_id, reservation_id, sku),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
