-- Pieces of a variant at a store or warehouse. `on_hand` is what was counted at `based_at` and what has come and gone
-- since, the reserved pieces among them; it may be below nothing while a count is late. `counted_at` is when anything was
-- last heard. There is no foreign key: a feed may know a store before the stores' file does.
CREATE TABLE stock (
    tenant_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    safety BIGINT NOT NULL,
    on_order BIGINT NOT NULL,
    expected_on BIGINT,
    source TEXT NOT NULL,
    based_at BIGINT NOT NULL,
    counted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sku, location_code)
);
