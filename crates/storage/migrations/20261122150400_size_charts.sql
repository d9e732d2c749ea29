-- Which body a brand cuts each size of a category for. Keys are in the form of codes, empty for all; the names beside them as they were given.
-- The rows are JSON: they are only ever read together.
CREATE TABLE size_charts (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    brand_key TEXT NOT NULL,
    category_key TEXT NOT NULL,
    brand TEXT,
    category TEXT,
    size_rows TEXT NOT NULL,
    PRIMARY KEY (tenant_id, brand_key, category_key)
);
