-- What the host's checkout says was paid, by its own name of the payment, so that each is taken once.
CREATE TABLE reservation_payments (
    tenant_id TEXT NOT NULL,
    payment TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    refund_due_at BIGINT,
    PRIMARY KEY (tenant_id, payment),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
CREATE INDEX reservation_payments_by_reservation ON reservation_payments (tenant_id, reservation_id);
