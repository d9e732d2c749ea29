-- What head office says of a field that the store has edited itself, as JSON: it is not shown, but the store can have it back.
CREATE TABLE store_head_values (
    tenant_id TEXT NOT NULL,
    store_code TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant_id, store_code, field),
    FOREIGN KEY (tenant_id, store_code) REFERENCES stores (tenant_id, store_code)
);
