-- What staff counted, each by an id that its sender has drawn: sent again it changes nothing. `seen` is the figure that was
-- corrected; nothing where there was none.
CREATE TABLE staff_counts (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    count_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    on_hand BIGINT NOT NULL,
    seen BIGINT,
    reason TEXT NOT NULL,
    counted_at BIGINT NOT NULL,
    heard_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, count_id)
);
CREATE INDEX staff_counts_by_age ON staff_counts (heard_at);
