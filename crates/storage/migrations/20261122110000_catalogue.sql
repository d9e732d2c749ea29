-- What can be sold. SKUs are the retailer's own, upper case without spaces around them, and unique in the tenant.
CREATE TABLE products (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    product_id TEXT NOT NULL,
    name TEXT NOT NULL,
    brand TEXT,
    category TEXT,
    url TEXT,
    image_url TEXT,
    PRIMARY KEY (tenant_id, product_id)
);
CREATE TABLE variants (
    tenant_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    product_id TEXT NOT NULL,
    gtin TEXT,
    size TEXT,
    colour TEXT,
    image_url TEXT,
    position BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sku),
    FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, product_id)
);
CREATE INDEX variants_by_product ON variants (tenant_id, product_id);
CREATE INDEX variants_by_gtin ON variants (tenant_id, gtin);
