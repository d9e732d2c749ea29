-- A full feed's rows as they are read, appended in the order of the file. `on_hand` is NULL for a row that could not be
-- read; its `sku` or `location_code` is then empty where that was what could not be read.
CREATE TABLE feed_lines (
    tenant_id TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    on_hand BIGINT,
    safety BIGINT,
    on_order BIGINT NOT NULL,
    expected_on BIGINT,
    PRIMARY KEY (tenant_id, run_id, ordinal)
);
