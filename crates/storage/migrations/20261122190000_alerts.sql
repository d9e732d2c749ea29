-- Who wants to be told, once, that a variant can be had again: at a store, or, where `location_code` is empty, at any of the network.
-- `person` is what the same person is recognised by. Who was told has `told_at`; who has given it up, or waited too long, has no row.
CREATE TABLE alerts (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    alert_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    location_code TEXT NOT NULL,
    person TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (tenant_id, alert_id)
);
CREATE UNIQUE INDEX alerts_of_one ON alerts (person, sku, location_code, tenant_id) WHERE told_at IS NULL;
CREATE INDEX alerts_by_person ON alerts (person, tenant_id);
CREATE INDEX alerts_by_site ON alerts (site_id, tenant_id) WHERE told_at IS NULL;
CREATE INDEX alerts_waiting ON alerts (sku, tenant_id, created_at, alert_id) WHERE told_at IS NULL;
CREATE INDEX alerts_told ON alerts (sku, tenant_id, told_at) WHERE told_at IS NOT NULL;
-- The link of the letter, by which whoever was told gives up what they wait for.
CREATE TABLE alert_links (
    tenant_id TEXT NOT NULL,
    alert_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, alert_id, token_hash),
    FOREIGN KEY (tenant_id, alert_id) REFERENCES alerts (tenant_id, alert_id)
);
CREATE UNIQUE INDEX alert_links_by_token ON alert_links (token_hash);
-- Personal data, apart, until they are written to.
CREATE TABLE alert_contacts (
    tenant_id TEXT NOT NULL,
    alert_id TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (tenant_id, alert_id),
    FOREIGN KEY (tenant_id, alert_id) REFERENCES alerts (tenant_id, alert_id)
);
