-- The same when the file has been read to its end, one row per variant and location. A table of its own, filled in the
-- order of its key: keyed so while the file is read, every row would fall on another page.
CREATE TABLE feed_rows (
    tenant_id TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    on_hand BIGINT,
    safety BIGINT,
    on_order BIGINT NOT NULL,
    expected_on BIGINT,
    PRIMARY KEY (tenant_id, run_id, sku, location_code)
);
