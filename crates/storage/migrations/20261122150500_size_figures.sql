-- How often a remembered size was of use, by site and day (days since 1970): sums, with nothing about who it was.
CREATE TABLE size_figures (
    tenant_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    preselected BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, site_id, day)
);
