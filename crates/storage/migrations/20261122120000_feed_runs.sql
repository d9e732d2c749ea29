-- Every feed that was taken in, or is being. One of a source at a time is in state `staging`; `touched_at` is when it was
-- last heard of, so that one whose program ended is told from one that is slow. Of a full feed, `known_rows` had pieces on
-- hand and `emptied_rows` of them would have none. `has_rows` is 1 while there may be rows of it in the tables below.
CREATE TABLE feed_runs (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    run_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    counted_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    finished_at BIGINT,
    total_rows BIGINT NOT NULL,
    bad_rows BIGINT NOT NULL,
    state TEXT NOT NULL,
    known_rows BIGINT NOT NULL,
    emptied_rows BIGINT NOT NULL,
    has_rows BIGINT NOT NULL,
    reason TEXT,
    PRIMARY KEY (tenant_id, run_id)
);
CREATE INDEX feed_runs_by_source ON feed_runs (tenant_id, source, state);
