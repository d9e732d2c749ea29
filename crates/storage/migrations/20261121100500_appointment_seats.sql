-- One row per shopper received at a time. The primary key is what keeps a slot from being given twice,
-- on either engine and between instances.
CREATE TABLE appointment_seats (
    tenant_id TEXT NOT NULL,
    store_code TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    seat BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, store_code, starts_at, seat)
);
