-- What a product's page says of it. Apart from products, which are read all the time and without it.
CREATE TABLE product_descriptions (
    tenant_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tenant_id, product_id),
    FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, product_id)
);
