-- What a shop and a review's author say to each other in private: personal data, apart. `sent_as` is what the sender has drawn, so
-- that a message that is sent again is one.
CREATE TABLE review_messages (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    sent_as TEXT NOT NULL,
    said_by TEXT NOT NULL,
    staff_id TEXT,
    body TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, number),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
CREATE UNIQUE INDEX review_messages_once ON review_messages (tenant_id, review_id, sent_as);
-- Links that letters to a review's author have had since it was written; each goes on opening the review.
CREATE TABLE review_author_links (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, token_hash),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
CREATE UNIQUE INDEX review_author_links_by_token ON review_author_links (token_hash);
-- Whose author has said something that the shop has neither answered nor put aside.
CREATE TABLE review_conversations_waiting (
    tenant_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, review_id)
);
