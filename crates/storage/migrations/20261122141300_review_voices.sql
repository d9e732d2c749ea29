-- What readers say of reviews. A voter is a hash of what their browser drew, other for each review.
CREATE TABLE review_votes (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    voter TEXT NOT NULL,
    helpful BIGINT NOT NULL,
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, voter),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
CREATE TABLE review_reports (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    reported_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (tenant_id, review_id, report_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
