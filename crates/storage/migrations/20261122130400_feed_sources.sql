-- Feeds that are fetched. `mapping` is TOML; `header` is what is sent as Authorization and shown to nobody. `lease` counts who has
-- taken the source, and until `leased_until` it is theirs. `fresh_at` is when it was last known to be as it is there, `run_id` what
-- was last taken in. `stale` is 1 once that was told.
CREATE TABLE feed_sources (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    mapping TEXT NOT NULL,
    price_list TEXT NOT NULL,
    header TEXT,
    interval_ms BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    due_at BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    polled_at BIGINT,
    fresh_at BIGINT,
    run_id BIGINT,
    reason TEXT,
    stale BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
CREATE INDEX feed_sources_due ON feed_sources (due_at);
