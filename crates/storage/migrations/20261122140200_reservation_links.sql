-- Private links beside the first, which is known to the shopper's browser alone: each message has one of its own.
CREATE TABLE reservation_links (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, reservation_id, token_hash),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
CREATE UNIQUE INDEX reservation_links_by_token ON reservation_links (token_hash);
