-- The shop's programs: those that hear events at `url`, and, where there is none, those that tell of payments. A signature is
-- made from the secret itself, so that its hash would not do.
CREATE TABLE webhooks (
    tenant_id TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    url TEXT,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, webhook_id)
);
CREATE UNIQUE INDEX webhooks_by_id ON webhooks (webhook_id);
