-- Programs that number what they tell, and the numbers that were heard: all from `lowest` to `highest`, 0 while there is none,
-- but for those in `stock_gaps`.
CREATE TABLE stock_sources (
    tenant_id TEXT NOT NULL,
    source TEXT NOT NULL,
    lowest BIGINT NOT NULL,
    highest BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, source)
);
