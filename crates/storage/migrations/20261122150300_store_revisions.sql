-- Counts what happened at a store that its staff want to see at once: reservations, counts. Every instance compares it with
-- what it saw last.
CREATE TABLE store_revisions (
    tenant_id TEXT NOT NULL,
    location_code TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, location_code)
);
