-- What a store that refused proposes instead, at the leg that it refused. Lines that it takes the place of are kept.
CREATE TABLE reservation_proposals (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    leg BIGINT NOT NULL,
    sku TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    open_until BIGINT NOT NULL,
    proposed_at BIGINT NOT NULL,
    taken_at BIGINT,
    PRIMARY KEY (tenant_id, reservation_id, leg),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
ALTER TABLE reservation_lines ADD COLUMN replaced_at BIGINT;
ALTER TABLE reservation_events ADD COLUMN sku TEXT;
