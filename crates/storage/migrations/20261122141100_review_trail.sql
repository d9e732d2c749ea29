-- Everything that was done with reviews, in one chain for each tenant: `link` is the SHA-256 of the entry and of the link before, so
-- that nothing can be taken out or changed without all that follows being written anew. `digest` stands for the text as it was from
-- then on, `replaced` is the text before, which goes when its author is erased.
CREATE TABLE review_trail (
    tenant_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    review_id TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    action TEXT NOT NULL,
    state_before TEXT,
    state_after TEXT NOT NULL,
    actor TEXT NOT NULL,
    staff_id TEXT,
    reason TEXT,
    note TEXT,
    digest TEXT NOT NULL,
    link TEXT NOT NULL,
    replaced TEXT,
    PRIMARY KEY (tenant_id, number)
);
CREATE INDEX review_trail_by_review ON review_trail (tenant_id, review_id, number);
-- The end of the chain, and a counter of the changes to what is shown. Who changes reviews takes this row first.
CREATE TABLE review_heads (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    number BIGINT NOT NULL,
    link TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
