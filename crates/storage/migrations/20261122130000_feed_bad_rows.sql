-- The first bad rows of a feed, in their order, for whoever looks later. `column_name` is NULL where the whole row is bad.
CREATE TABLE feed_bad_rows (
    tenant_id TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    line BIGINT NOT NULL,
    column_name TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (tenant_id, run_id, place)
);
