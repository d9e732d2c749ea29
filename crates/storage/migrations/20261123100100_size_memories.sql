-- What shoppers have asked to be kept of their size memory. `holder` is the SHA-256 of a private link's token, or of a customer's id at the
-- shop, and leads to nobody by itself. Of one that was erased there is no `household`: the row only has other devices erase theirs too.
CREATE TABLE size_memories (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    holder TEXT NOT NULL,
    site_id TEXT NOT NULL,
    household TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, holder)
);
CREATE INDEX size_memories_by_use ON size_memories (used_at);
