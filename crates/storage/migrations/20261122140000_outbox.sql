-- What happened and is to be told outside, written with what made it happen; then once for each who is told. `due_at` is when
-- a delivery is tried next: whoever tries it moves it on first, so that no other instance does so meanwhile.
CREATE TABLE outbox_events (
    tenant_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    data TEXT NOT NULL,
    spread_at BIGINT,
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX outbox_events_new ON outbox_events (happened_at) WHERE spread_at IS NULL;
CREATE TABLE outbox_deliveries (
    tenant_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    receiver TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    ended_at BIGINT,
    failure TEXT,
    PRIMARY KEY (tenant_id, event_id, receiver),
    FOREIGN KEY (tenant_id, event_id) REFERENCES outbox_events (tenant_id, event_id)
);
CREATE INDEX outbox_deliveries_due ON outbox_deliveries (due_at) WHERE state = 'waiting';
