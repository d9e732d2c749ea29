-- Numbers of a source that were not heard, from `gap_from` to `gap_to`, both included.
CREATE TABLE stock_gaps (
    tenant_id TEXT NOT NULL,
    source TEXT NOT NULL,
    gap_from BIGINT NOT NULL,
    gap_to BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, source, gap_from)
);
