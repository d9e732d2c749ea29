-- Integer minor units. A site without a list of its own has the one that is called `default`.
CREATE TABLE prices (
    tenant_id TEXT NOT NULL,
    price_list TEXT NOT NULL,
    sku TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (tenant_id, price_list, sku)
);
ALTER TABLE sites ADD COLUMN price_list TEXT;
