-- What shoppers say of products and of stores. `subject` is a product's id or a store's code; `folded` holds the words by which a
-- review is found, `usefulness` votes for less votes against, `number` is that of its last entry in the trail. Who wrote it is kept apart.
CREATE TABLE reviews (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    review_id TEXT NOT NULL,
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    site_id TEXT NOT NULL,
    state TEXT NOT NULL,
    rating BIGINT NOT NULL,
    title TEXT,
    body TEXT NOT NULL,
    folded TEXT NOT NULL,
    language TEXT NOT NULL,
    fit TEXT,
    usual_size TEXT,
    size TEXT,
    checked TEXT NOT NULL,
    incentive TEXT,
    experienced_on BIGINT,
    written_at BIGINT NOT NULL,
    edited_at BIGINT,
    published_at BIGINT,
    helpful BIGINT NOT NULL,
    unhelpful BIGINT NOT NULL,
    usefulness BIGINT NOT NULL,
    photos BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    number BIGINT NOT NULL,
    source TEXT,
    source_id TEXT,
    PRIMARY KEY (tenant_id, review_id)
);
CREATE INDEX reviews_newest ON reviews (tenant_id, about, subject, published_at DESC, review_id DESC) WHERE state = 'published';
CREATE INDEX reviews_helpful ON reviews (tenant_id, about, subject, usefulness DESC, published_at DESC, review_id DESC) WHERE state = 'published';
CREATE INDEX reviews_highest ON reviews (tenant_id, about, subject, rating DESC, published_at DESC, review_id DESC) WHERE state = 'published';
CREATE INDEX reviews_lowest ON reviews (tenant_id, about, subject, rating, published_at DESC, review_id DESC) WHERE state = 'published';
CREATE INDEX reviews_by_state ON reviews (state, tenant_id, written_at, review_id);
CREATE INDEX reviews_reported ON reviews (tenant_id, written_at, review_id) WHERE reports > 0;
CREATE UNIQUE INDEX reviews_by_source ON reviews (source, source_id, tenant_id);
CREATE TABLE review_points (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    code TEXT NOT NULL,
    scale BIGINT NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, code),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
-- Personal data, apart; the row goes when a person is erased. The private link's secret is kept as its SHA-256 only.
CREATE TABLE review_authors (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    locale TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
CREATE UNIQUE INDEX review_authors_by_token ON review_authors (token_hash);
CREATE INDEX review_authors_by_email ON review_authors (tenant_id, email_key);
CREATE TABLE review_answers (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    body TEXT NOT NULL,
    staff_id TEXT,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
ALTER TABLE tenants ADD COLUMN review_rules TEXT;
