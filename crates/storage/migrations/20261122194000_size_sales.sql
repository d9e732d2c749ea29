-- What was sold of a size of a product in all its colours, over a time that the retailer chose, and what of it came back: sums, with nothing
-- about who it was. There is no foreign key: a size that is not made any more is not looked for.
CREATE TABLE size_sales (
    tenant_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    size TEXT NOT NULL,
    sold BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    too_small BIGINT NOT NULL,
    too_large BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, product_id, size)
);
