-- By which words published reviews of something are found; bytes, as in `product_words`. They go with the review when it is no longer shown.
CREATE TABLE review_words (
    tenant_id TEXT NOT NULL,
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    word BYTEA NOT NULL,
    review_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, about, subject, word, review_id)
);
-- Up to which review the words of those that were published before this step are written down; NULL when all are.
ALTER TABLE review_heads ADD COLUMN unworded_after TEXT;
UPDATE review_heads SET unworded_after = '';
