-- Photos, whose bytes are kept elsewhere under their ids. One that no review has taken within a day goes.
CREATE TABLE review_photos (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    photo_id TEXT NOT NULL,
    review_id TEXT,
    position BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, photo_id)
);
CREATE UNIQUE INDEX review_photos_by_id ON review_photos (photo_id);
CREATE INDEX review_photos_by_review ON review_photos (tenant_id, review_id, position);
