-- The stores and warehouses that a full feed speaks of: those of which a row of it could be read.
CREATE TABLE feed_locations (
    tenant_id TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    location_code TEXT NOT NULL,
    PRIMARY KEY (tenant_id, run_id, location_code)
);
INSERT INTO feed_locations (tenant_id, run_id, location_code)
SELECT DISTINCT tenant_id, run_id, location_code FROM feed_rows WHERE on_hand IS NOT NULL;
