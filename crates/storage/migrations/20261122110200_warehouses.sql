-- Where stock is beside the stores; their codes are of the same space as stores'.
CREATE TABLE warehouses (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    location_code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, location_code)
);
