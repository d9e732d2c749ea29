-- A network's rules for reservations as JSON; the usual ones where there are none.
ALTER TABLE tenants ADD COLUMN reservation_rules TEXT;
