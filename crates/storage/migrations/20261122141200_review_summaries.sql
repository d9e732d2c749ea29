-- Counts of what is published, kept in the transaction that publishes or takes away.
CREATE TABLE review_summaries (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    stars_1 BIGINT NOT NULL,
    stars_2 BIGINT NOT NULL,
    stars_3 BIGINT NOT NULL,
    stars_4 BIGINT NOT NULL,
    stars_5 BIGINT NOT NULL,
    fit_small BIGINT NOT NULL,
    fit_true BIGINT NOT NULL,
    fit_large BIGINT NOT NULL,
    with_photos BIGINT NOT NULL,
    verified BIGINT NOT NULL,
    incentivised BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, about, subject)
);
CREATE INDEX review_summaries_by_revision ON review_summaries (tenant_id, revision);
-- Of each criterion, size and language. `scale` and `total` are of criteria: what was given all together.
CREATE TABLE review_facets (
    tenant_id TEXT NOT NULL,
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    scale BIGINT NOT NULL,
    reviews BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, about, subject, kind, value, scale)
);
