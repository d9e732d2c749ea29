-- Lists (hours, services, brands, promotions, appointment rules, edited fields) are JSON text: they are
-- always read and written whole, and filtered in memory.
CREATE TABLE stores (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    store_code TEXT NOT NULL,
    name TEXT NOT NULL,
    ownership TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    town TEXT NOT NULL,
    region TEXT,
    country TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    phone TEXT,
    email TEXT,
    url TEXT,
    time_zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    services TEXT NOT NULL,
    brands TEXT NOT NULL,
    promotions TEXT NOT NULL,
    appointments TEXT,
    edited_fields TEXT NOT NULL,
    PRIMARY KEY (tenant_id, store_code)
);
