-- What is looked for comes before whose it is. Where a table is new, PostgreSQL finds all indexes that begin with the
-- tenant equally good for looking up a primary key, and checked every foreign key by reading all reservations of the tenant.
DROP INDEX reservations_by_location;
CREATE INDEX reservations_by_location ON reservations (location_code, tenant_id, state);
DROP INDEX reservations_by_code;
CREATE UNIQUE INDEX reservations_by_code ON reservations (pickup_code, tenant_id);
