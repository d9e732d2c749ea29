-- Personal data, apart. `email_key` and `phone_key` are the same address or number however it was typed.
CREATE TABLE reservation_contacts (
    tenant_id TEXT NOT NULL,
    reservation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    phone TEXT,
    phone_key TEXT,
    PRIMARY KEY (tenant_id, reservation_id),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservations (tenant_id, reservation_id)
);
CREATE INDEX reservation_contacts_by_email ON reservation_contacts (tenant_id, email_key);
CREATE INDEX reservation_contacts_by_phone ON reservation_contacts (tenant_id, phone_key);
