-- A shop, or a franchisee's mini-site. Page addresses and keys come without a tenant, hence the two
-- unique indexes beside the key: the table is small enough to be copied to every shard.
CREATE TABLE sites (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    site_id TEXT NOT NULL,
    publishable_key TEXT NOT NULL,
    name TEXT NOT NULL,
    origins TEXT NOT NULL,
    locale TEXT NOT NULL,
    center_lat DOUBLE PRECISION NOT NULL,
    center_lng DOUBLE PRECISION NOT NULL,
    store_code TEXT,
    tiles_url TEXT,
    tiles_attribution TEXT,
    privacy_url TEXT,
    page_base_url TEXT,
    PRIMARY KEY (tenant_id, site_id)
);
CREATE UNIQUE INDEX sites_by_key ON sites (publishable_key);
CREATE UNIQUE INDEX sites_by_id ON sites (site_id);
