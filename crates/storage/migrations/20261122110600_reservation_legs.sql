-- A reservation's life at each store that was asked, and everything that was done with it.
CREATE TABLE reservation_legs (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    leg BIGINT NOT NULL,
    location_code TEXT NOT NULL,
    state TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (tenant_id, reservation_id, leg),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
CREATE INDEX reservation_legs_by_location ON reservation_legs (tenant_id, location_code, begun_at);
CREATE TABLE reservation_events (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    leg BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    state_before TEXT,
    state_after TEXT NOT NULL,
    actor TEXT NOT NULL,
    staff_id TEXT,
    refusal TEXT,
    PRIMARY KEY (tenant_id, reservation_id, number),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
