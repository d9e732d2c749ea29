-- Pieces that came or went, each known by its source and sequence number: heard of twice it counts once, and heard of
-- late it counts if the last count does not know it.
CREATE TABLE stock_moves (
    tenant_id TEXT NOT NULL,
    source TEXT NOT NULL,
    sequence TEXT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    delta BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, source, sequence)
);
CREATE INDEX stock_moves_by_stock ON stock_moves (tenant_id, sku, location_code, moved_at);
