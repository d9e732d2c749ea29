-- Who signs in to the console. `login` is a mail address in the form by which it is compared; people
-- sign in without naming their tenant, hence the index that has none. `password_hash` is an argon2id
-- PHC string, `stores` one code per line.
CREATE TABLE staff (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    staff_id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    stores TEXT NOT NULL,
    locale TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (tenant_id, staff_id)
);
CREATE UNIQUE INDEX staff_by_login ON staff (tenant_id, login);
CREATE INDEX staff_by_login_alone ON staff (login);
